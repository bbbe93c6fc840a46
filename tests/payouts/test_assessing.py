"""From facts to entitlements: what is stored, and that doing it twice is doing it once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Adjustment, Entitlement
from payouts.services import assessing, paying
from referrals.models import Case
from referrals.selectors.timelines import live_facts
from referrals.services import placements
from referrals.services.facts import retract
from tests.factories import MemberFactory
from tests.stories import Told, at, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(organisation: Organisation) -> Told:
    return tell(organisation)


def _rows() -> list[tuple[Any, ...]]:
    return list(
        Entitlement.objects.order_by("pk").values_list("reward", "state", "amount", "at_most", "due_on", "pay_by")
    )


def _assess(told: Told, on: date | None = None) -> int:
    moment = at(on) if on else timezone.now()
    return assessing.assess_due(organisation_id=told.organisation.pk, at=moment)


def _work_until_due(told: Told) -> None:
    with tenant(told.organisation.pk):
        until = timezone.localdate()
        placements.set_days_worked(
            placement=told.placement, until=until, days=Decimal(18), by=told.recruiter, at=timezone.now()
        )


def test_a_case_with_new_facts_is_assessed_once(told: Told) -> None:
    assert (_assess(told), _assess(told)) == (1, 0)
    with tenant(told.organisation.pk):
        assert _rows() == [("bonus", "open", Decimal("1200.00"), None, None, None)]


def test_an_amount_falls_due_with_the_day_until_which_payment_is_promised(told: Told) -> None:
    _assess(told)
    _work_until_due(told)
    _assess(told)
    today = timezone.localdate()
    with tenant(told.organisation.pk):
        assert _rows() == [("bonus", "due", Decimal("1200.00"), None, today, today + timedelta(30))]


def test_assessing_again_changes_nothing(told: Told) -> None:
    _work_until_due(told)
    _assess(told)
    with tenant(told.organisation.pk):
        before = list(Entitlement.objects.values())
        Case.objects.update(next_check_on=timezone.localdate())
    _assess(told, timezone.localdate() + timedelta(3))
    with tenant(told.organisation.pk):
        assert list(Entitlement.objects.values()) == before


def test_the_promise_counts_from_the_day_on_which_we_learned_of_it(told: Told) -> None:
    with tenant(told.organisation.pk):
        long_ago = timezone.localdate() - timedelta(20)
        placements.set_days_worked(
            placement=told.placement, until=long_ago, days=Decimal(30), by=told.recruiter, at=timezone.now()
        )
    _assess(told)
    with tenant(told.organisation.pk):
        found = Entitlement.objects.get()
        assert (found.due_on, found.pay_by) == (long_ago, timezone.localdate() + timedelta(30))


def test_the_next_check_is_planned_as_work(told: Told) -> None:
    with tenant(told.organisation.pk):
        facts = live_facts([told.case.pk]).filter(kind__in=["placed", "started", "worked"])
        retract(case=told.case, facts=list(facts), at=timezone.now())
    _assess(told)
    with tenant(told.organisation.pk):
        closes = Case.objects.get().next_check_on
    assert closes is not None
    assert Work.objects.filter(kind="assess", due_at=at(closes, 0)).count() == 1


def test_what_was_approved_is_not_changed_but_adjusted(told: Told) -> None:
    one, other = (MemberFactory(organisation=told.organisation, roles=["finance"]) for _ in range(2))
    _work_until_due(told)
    _assess(told)
    with tenant(told.organisation.pk):
        (payable,) = paying.propose(entitlements=[Entitlement.objects.get().pk], by=one, at=timezone.now())
        paying.approve(payables=[payable.pk], on=timezone.localdate(), by=other, at=timezone.now())
        newest = live_facts([told.case.pk]).filter(kind="worked").last()
        assert newest is not None
        retract(case=told.case, facts=[newest], at=timezone.now())
    _assess(told)
    with tenant(told.organisation.pk):
        payable.refresh_from_db()
        assert (payable.state, payable.amount) == ("approved", Decimal("1200.00"))
        assert [one.difference for one in Adjustment.objects.all()] == [Decimal("-1200.00")]
    _work_until_due(told)
    _assess(told)
    with tenant(told.organisation.pk):
        assert not Adjustment.objects.exists()
