"""What will have to be paid, by month: what is owed, and what is expected of cases as they go."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement, Payable
from payouts.selectors.forecast import Month, forecast
from payouts.services import assessing, paying
from referrals.selectors import tracking
from tests.stories import Told, recommend, tell

TODAY = timezone.localdate()
MONTH = TODAY.replace(day=1)


def _of(organisation: Organisation) -> list[Month]:
    return forecast(organisation, TODAY).get("EUR", [])


def _sums(organisation: Organisation) -> tuple[Decimal, Decimal]:
    found = _of(organisation)
    return sum((one.owed for one in found), Decimal(0)), sum((one.expected for one in found), Decimal(0))


@pytest.fixture
def told(organisation: Organisation) -> Told:
    """42 of 60 days are worked."""
    told = tell(organisation)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    return told


def test_what_is_under_way_is_expected_in_the_month_that_its_page_says(told: Told) -> None:
    with tenant(told.organisation.pk):
        (tracked,) = tracking.track([told.case], TODAY, "BE")
        pay_by = next(one.pay_by for one in tracked.entitlements if one.entitlement.state == "open")
        assert pay_by
        (month,) = _of(told.organisation)
        assert (month.first, month.expected, month.owed) == (pay_by.replace(day=1), Decimal(1200), 0)


def test_what_nothing_can_be_said_of_has_no_month(told: Told) -> None:
    with tenant(told.organisation.pk):
        recommend(told.organisation, told.introducer, TODAY - timedelta(3), email="bo@mail.example")
    assessing.assess_due(organisation_id=told.organisation.pk, at=timezone.now())
    with tenant(told.organisation.pk):
        last = _of(told.organisation)[-1]
        assert (last.first, last.at_most) == (None, Decimal(1200))


def test_an_amount_is_owed_once_wherever_it_stands(
    inside: Organisation, due: Entitlement, maker: Member, checker: Member
) -> None:
    assert _sums(inside) == (Decimal(1200), 0)
    (payable,) = paying.propose(entitlements=[due.pk], by=maker, at=timezone.now())
    assert _sums(inside) == (Decimal(1200), 0)
    paying.approve(payables=[payable.pk], on=TODAY, by=checker, at=timezone.now())
    assert _sums(inside) == (Decimal(1200), 0)
    Payable.objects.update(state="paid", paid_on=TODAY)
    assert _of(inside) == []


def test_what_is_late_has_to_be_paid_this_month(inside: Organisation, due: Entitlement) -> None:
    Entitlement.objects.update(pay_by=date(2026, 1, 5))
    assert [(one.first, one.owed) for one in _of(inside)] == [(MONTH, Decimal(1200))]


def test_many_cases_take_no_more_queries(told: Told) -> None:
    with tenant(told.organisation.pk):
        with CaptureQueriesContext(connection) as one:
            forecast(told.organisation, TODAY)
        for number in range(5):
            recommend(told.organisation, told.introducer, TODAY, email=f"p{number}@mail.example")
    assessing.assess_due(organisation_id=told.organisation.pk, at=timezone.now())
    with tenant(told.organisation.pk):
        with CaptureQueriesContext(connection) as six:
            forecast(told.organisation, TODAY)
        assert len(six) == len(one)


def test_finance_reads_it(inside: Organisation, due: Entitlement, maker: Member, client: Client) -> None:
    client.force_login(maker.user)
    assert "1,200.00" in client.get("/here/books/forecast/").text
    client.force_login(due.case.introducer.user)
    assert client.get("/here/books/forecast/").status_code == 403
