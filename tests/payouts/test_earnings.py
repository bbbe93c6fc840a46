"""What a member sees of their own money: every amount, its corrections, and sums that add up."""

from datetime import date
from decimal import Decimal

from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format

from members.models import Member, Organisation
from payouts.models import Adjustment, Payable
from payouts.selectors.earnings import years_of
from payouts.services import adjusting, assessing, paying
from referrals.models import Case
from referrals.selectors.timelines import live_facts
from referrals.services import facts


def _take_days_back(organisation: Organisation, payable: Payable) -> None:
    case = Case.objects.get(pk=payable.entitlement.case_id)
    facts.retract(case=case, facts=list(live_facts([case.pk]).filter(kind="worked")), at=timezone.now())
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())


def _amounts(member: Member) -> list[tuple[Decimal, str, bool]]:
    return [(one.amount, one.state, one.is_correction) for year in years_of(member) for one in year.earnings]


def test_what_was_paid_stays_until_finance_decides(inside: Organisation, invoiced: Payable) -> None:
    _take_days_back(inside, invoiced)
    assert _amounts(invoiced.member) == [(Decimal(1200), "approved", False)]


def test_a_correction_stands_beside_what_it_corrects_and_the_year_adds_up(
    inside: Organisation, invoiced: Payable, maker: Member
) -> None:
    _take_days_back(inside, invoiced)
    adjusting.correct(adjustment=Adjustment.objects.get(), note="Another's days.", by=maker, at=timezone.now())
    assert sorted(_amounts(invoiced.member)) == [(Decimal(-1200), "proposed", True), (Decimal(1200), "approved", False)]
    assert [year.sums for year in years_of(invoiced.member)] == [{"EUR": Decimal(0)}]


def _page_of_case(payable: Payable, day: date) -> str:
    client = Client()
    client.force_login(payable.member.user)
    with translation.override("en"):
        page = client.get(f"/here/referrals/{payable.entitlement.case.reference}/").content.decode()
        return page if date_format(day) in page else ""


def test_the_case_promises_the_day_that_finance_promises(inside: Organisation, proposed: Payable) -> None:
    assert proposed.entitlement.pay_by is not None
    assert "at the latest" in _page_of_case(proposed, proposed.entitlement.pay_by)


def test_the_case_says_when_it_was_paid(inside: Organisation, invoiced: Payable, maker: Member) -> None:
    today = timezone.localdate()
    paying.mark_paid(payable=invoiced, on=today, reference="BANK-1", by=maker, at=timezone.now())
    assert f"Paid on {date_format(today)}." in _page_of_case(invoiced, today)


def test_what_nobody_approved_goes_when_it_is_not_owed_any_more(inside: Organisation, proposed: Payable) -> None:
    _take_days_back(inside, proposed)
    assert _amounts(proposed.member) == []
