"""Differences to what was approved: seen, decided on with four eyes, documented; and parts of joined cases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Adjustment, Document, Entitlement, Payable
from payouts.selectors.payables import to_propose
from payouts.services import adjusting, assessing, issuing, paying
from referrals.models import Case
from referrals.selectors.timelines import live_facts
from referrals.services import facts
from tests.factories import MemberFactory
from tests.stories import payee_of, publish, recommend
from tests.stories_of_money import waive

NOTE = "The days were another person's."


@pytest.fixture
def difference(inside: Organisation, invoiced: Payable) -> Adjustment:
    """The days worked turn out to be wrong after the invoice."""
    case = Case.objects.get(pk=invoiced.entitlement.case_id)
    facts.retract(case=case, facts=list(live_facts([case.pk]).filter(kind="worked")), at=timezone.now())
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    return Adjustment.objects.get()


def _approve(payable: Payable, by: Member) -> None:
    paying.approve(payables=[payable.pk], on=timezone.localdate(), by=by, at=timezone.now())


def test_what_was_approved_too_much_is_claimed_back_by_a_credit_note(
    inside: Organisation, difference: Adjustment, maker: Member, checker: Member
) -> None:
    correction = adjusting.correct(adjustment=difference, note=NOTE, by=maker, at=timezone.now())
    with pytest.raises(paying.FourEyesError):
        _approve(correction, maker)
    _approve(correction, checker)
    issuing.issue_all(organisation=inside, at=timezone.now())
    invoice, credit = Document.objects.order_by("pk")
    assert (credit.kind, credit.credits, credit.total) == ("credit_note", invoice, Decimal("-1452.00"))
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    assert not Adjustment.objects.filter(settled_at=None).exists()


def test_a_difference_can_be_left_as_it_is(
    inside: Organisation, difference: Adjustment, maker: Member, checker: Member
) -> None:
    waive(difference, maker, checker)
    Case.objects.update(next_check_on=timezone.localdate())
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    assert (Adjustment.objects.count(), Payable.objects.count()) == (1, 1)


def test_a_correction_that_is_sent_back_leaves_the_difference_open(
    inside: Organisation, difference: Adjustment, maker: Member, checker: Member
) -> None:
    correction = adjusting.correct(adjustment=difference, note=NOTE, by=maker, at=timezone.now())
    paying.send_back(payable=correction, because="Ask first.", on=timezone.localdate(), by=checker)
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    assert Adjustment.objects.get(settled_at=None).difference == Decimal(-1200)


def test_to_leave_it_takes_a_second_pair_of_eyes(difference: Adjustment, maker: Member, checker: Member) -> None:
    with pytest.raises(adjusting.SettledAlreadyError):
        adjusting.waive(adjustment=difference, note="", by=checker, at=timezone.now())
    adjusting.propose_waiver(adjustment=difference, note=NOTE, by=maker)
    difference.refresh_from_db()
    with pytest.raises(adjusting.FourEyesError):
        adjusting.waive(adjustment=difference, note=NOTE, by=maker, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.update(waived=True, settled_by=maker, settled_at=timezone.now())


def test_one_agrees_to_the_reason_that_was_read(difference: Adjustment, maker: Member, checker: Member) -> None:
    adjusting.propose_waiver(adjustment=difference, note=NOTE, by=maker)
    with pytest.raises(adjusting.SettledAlreadyError):
        adjusting.waive(adjustment=difference, note="Another reason.", by=checker, at=timezone.now())


def test_a_proposal_that_is_refused_leaves_the_difference_open(
    inside: Organisation, difference: Adjustment, maker: Member, checker: Member
) -> None:
    adjusting.propose_waiver(adjustment=difference, note=NOTE, by=maker)
    adjusting.refuse_waiver(adjustment=difference, by=checker)
    with pytest.raises(adjusting.SettledAlreadyError):
        adjusting.waive(adjustment=difference, note=NOTE, by=checker, at=timezone.now())
    assert adjusting.correct(adjustment=difference, note=NOTE, by=maker, at=timezone.now()).amount == Decimal(-1200)


def test_of_two_who_decide_the_second_is_told(difference: Adjustment, maker: Member, checker: Member) -> None:
    waive(difference, maker, checker)
    with pytest.raises(adjusting.SettledAlreadyError):
        adjusting.correct(adjustment=difference, note=NOTE, by=checker, at=timezone.now())


def test_nobody_decides_on_their_own_money(difference: Adjustment) -> None:
    with pytest.raises(adjusting.OwnMoneyError):
        adjusting.propose_waiver(adjustment=difference, note=NOTE, by=difference.payable.member)


@pytest.fixture
def shared(organisation: Organisation) -> list[Member]:
    """Two members recommended one person, whose client signed for an odd amount; they share it."""
    first, second = MemberFactory(organisation=organisation), MemberFactory(organisation=organisation)
    rewards = [
        {
            "id": "bonus",
            "to": "introducer",
            "amount": {"kind": "fixed", "amount": "100.01"},
            "instalments": [{"share": "100%", "when": {"kind": "fact", "fact": "interviewed"}}],
        }
    ]
    with tenant(organisation.pk):
        publish(duplicates={"policy": "split"}, rewards=rewards)
        today = timezone.localdate()
        case, _ = recommend(organisation, first, today - timedelta(9))
        recommend(organisation, second, today - timedelta(5))
        new = [facts.NewFact("consented", today), facts.NewFact("interviewed", today)]
        facts.record(case=case, facts=new, at=timezone.now())
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    return [first, second]


def test_introducers_of_joined_cases_share_to_the_cent(
    inside: Organisation, shared: list[Member], recruiter: Member
) -> None:
    (entitlement,) = Entitlement.objects.filter(state="due")
    made = paying.propose(entitlements=[entitlement.pk], by=recruiter, at=timezone.now())
    assert [(one.member, one.amount) for one in made] == [(shared[0], Decimal("50.01")), (shared[1], Decimal("50.00"))]
    assert not to_propose().exists()


def test_a_part_that_was_sent_back_is_proposed_alone(
    inside: Organisation, shared: list[Member], recruiter: Member
) -> None:
    entitlement = Entitlement.objects.get(state="due")
    made = paying.propose(entitlements=[entitlement.pk], by=recruiter, at=timezone.now())
    paying.send_back(payable=made[1], because="No.", on=timezone.localdate(), by=recruiter)
    assert list(to_propose()) == [entitlement]
    again = paying.propose(entitlements=[entitlement.pk], by=recruiter, at=timezone.now())
    assert [(one.member, one.amount) for one in again] == [(shared[1], Decimal("50.00"))]


def test_a_joined_case_stands_where_its_lead_stands(inside: Organisation, shared: list[Member]) -> None:
    assert set(Case.objects.values_list("stage", "answer")) == {("interviewed", "consented")}


def test_each_who_shares_can_be_paid(inside: Organisation, shared: list[Member], recruiter: Member) -> None:
    entitlement = Entitlement.objects.get(state="due")
    made = paying.propose(entitlements=[entitlement.pk], by=recruiter, at=timezone.now())
    for member in shared:
        payee_of(inside, member)
    checker = MemberFactory(organisation=inside, roles=["finance"])
    paying.approve(payables=[one.pk for one in made], on=timezone.localdate(), by=checker, at=timezone.now())
    assert issuing.issue_all(organisation=inside, at=timezone.now()).made == 2
    assessing.assess_due(organisation_id=inside.pk, at=timezone.now())
    assert not Adjustment.objects.exists()
