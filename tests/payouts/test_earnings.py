"""What a member sees of their own money: every amount, its corrections, and sums that add up."""

from decimal import Decimal

from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Adjustment, Payable
from payouts.selectors.earnings import years_of
from payouts.services import adjusting, assessing
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
    assert _amounts(invoiced.payee) == [(Decimal(1200), "approved", False)]


def test_a_correction_stands_beside_what_it_corrects_and_the_year_adds_up(
    inside: Organisation, invoiced: Payable, maker: Member
) -> None:
    _take_days_back(inside, invoiced)
    adjusting.correct(adjustment=Adjustment.objects.get(), note="Another's days.", by=maker, at=timezone.now())
    assert sorted(_amounts(invoiced.payee)) == [(Decimal(-1200), "proposed", True), (Decimal(1200), "approved", False)]
    assert [year.sums for year in years_of(invoiced.payee)] == [{"EUR": Decimal(0)}]


def test_what_nobody_approved_goes_when_it_is_not_owed_any_more(inside: Organisation, proposed: Payable) -> None:
    _take_days_back(inside, proposed)
    assert _amounts(proposed.payee) == []
