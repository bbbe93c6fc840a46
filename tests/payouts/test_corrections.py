"""What was approved and then turns out otherwise: nothing is paid twice, nothing forgotten, and documents follow."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Adjustment, Document, Entitlement, Payable
from payouts.selectors.auditing.everything import differences
from payouts.selectors.payables import to_propose
from payouts.services import adjusting, assessing, crediting, issuing, paying
from referrals.models import Case, Placement
from referrals.selectors.timelines import live_facts
from referrals.services import facts, placements
from tests.stories import payee_of
from tests.stories_of_money import waive

NOTE = "The days were another person's."


def _assess(organisation: Organisation) -> None:
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())


@pytest.fixture
def case(invoiced: Payable) -> Case:
    return Case.objects.get(pk=invoiced.entitlement.case_id)


def _take_days_back(organisation: Organisation, case: Case) -> list[facts.NewFact]:
    worked = list(live_facts([case.pk]).filter(kind="worked"))
    facts.retract(case=case, facts=worked, at=timezone.now())
    _assess(organisation)
    return [facts.NewFact("worked", fact.on, fact.values, fact.placement) for fact in worked]


def _claim_back(organisation: Organisation, maker: Member, checker: Member) -> Document:
    adjustment = Adjustment.objects.get(settled_at=None)
    correction = adjusting.correct(adjustment=adjustment, note=NOTE, by=maker, at=timezone.now())
    paying.approve(payables=[correction.pk], on=timezone.localdate(), by=checker, at=timezone.now())
    issuing.issue_all(organisation=organisation, at=timezone.now())
    return Document.objects.get(lines__payable=correction)


def test_days_that_were_another_placements_are_claimed_back_and_not_paid_twice(
    inside: Organisation, case: Case, maker: Member
) -> None:
    today, now = timezone.localdate(), timezone.now()
    first = Placement.objects.get(case=case)
    other = placements.Assignment(first.client, "Another")
    second = placements.place(case=case, assignment=other, on=today - timedelta(80), by=maker, at=now)
    placements.start(placement=second, on=today - timedelta(79), probation_ends=None, by=maker, at=now)
    facts.retract(case=case, facts=list(live_facts([case.pk]).filter(kind="worked")), at=now)
    placements.set_days_worked(placement=second, until=today, days=Decimal(60), by=maker, at=now)
    _assess(inside)
    standing = Entitlement.objects.order_by("pk").values_list("placement", "state")
    assert list(standing) == [("1", "lapsed"), ("2", "due")]
    assert Adjustment.objects.get().difference == Decimal(-1200)


def test_what_was_waived_is_not_paid_again_when_the_facts_come_back(
    inside: Organisation, case: Case, maker: Member, checker: Member
) -> None:
    worked = _take_days_back(inside, case)
    waive(Adjustment.objects.get(), maker, checker)
    facts.record(case=case, facts=worked, at=timezone.now())
    _assess(inside)
    assert not Adjustment.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"vat_regime": "small_business", "vat_since": timezone.localdate() + timedelta(1)},
        {"kind": "person", "enterprise_number": "", "vat_number": ""},
        {"kind": "employee"},
    ],
)
def test_a_credit_note_follows_its_invoice_whatever_the_payee_is_by_now(
    inside: Organisation, case: Case, maker: Member, checker: Member, invoiced: Payable, changes: dict[str, Any]
) -> None:
    payee_of(inside, invoiced.member, **changes)
    _take_days_back(inside, case)
    credit = _claim_back(inside, maker, checker)
    invoice = Document.objects.order_by("pk").first()
    assert invoice is not None
    assert (credit.kind, credit.credits, credit.vat, credit.supplier) == (
        "credit_note", invoice, -invoice.vat, invoice.supplier
    )  # fmt: skip
    assert list(differences()) == []


def test_a_stale_proposal_is_passed_over_and_the_others_go_on(
    inside: Organisation, proposed: Payable, maker: Member
) -> None:
    Entitlement.objects.update(amount=Decimal(1500))
    assert paying.propose(entitlements=[proposed.entitlement_id], by=maker, at=timezone.now()) == []


def test_nobody_sends_back_or_pays_their_own_money(invoiced: Payable, proposed: Payable) -> None:
    today, payee = timezone.localdate(), invoiced.member
    with pytest.raises(paying.FourEyesError):
        paying.send_back(payable=proposed, because="Mine.", on=today, by=payee)
    with pytest.raises(paying.FourEyesError):
        paying.mark_paid(payable=invoiced, on=today, reference="X", by=payee, at=timezone.now())


def test_an_agreement_is_good_for_the_enterprise_that_made_it(inside: Organisation, approved: Payable) -> None:
    payee = payee_of(inside, approved.member)
    payee.enterprise_number = "0674112089"
    payee.save()
    assert issuing.issue_all(organisation=inside, at=timezone.now()).made == 0
    payee_of(inside, approved.member, enterprise_number="0674112089", vat_number="BE0674112089")
    assert issuing.issue_all(organisation=inside, at=timezone.now()).made == 1


def test_a_statement_names_no_numbers_of_an_enterprise(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member, kind="person")
    issuing.issue_all(organisation=inside, at=timezone.now())
    supplier = Document.objects.get().supplier
    assert (supplier["enterprise_number"], supplier["vat_number"]) == ("", "")


def test_nothing_is_offered_twice(inside: Organisation, approved: Payable) -> None:
    assert not to_propose().exists()


def test_what_was_corrected_in_part_is_not_taken_back_as_a_whole(
    inside: Organisation, case: Case, maker: Member, checker: Member
) -> None:
    _take_days_back(inside, case)
    note = _claim_back(inside, maker, checker)
    assert note.credits is not None
    with pytest.raises(crediting.CannotBeCreditedError, match="corrected"):
        crediting.order(document=note.credits, because="X", by=checker, at=timezone.now())


def test_another_enterprise_has_a_series_of_its_own_and_corrections_follow_the_first(
    inside: Organisation, case: Case, maker: Member, checker: Member
) -> None:
    first, tomorrow = Document.objects.get(), timezone.localdate() + timedelta(1)
    payee = payee_of(
        inside, first.member, enterprise_number="0674112089", vat_number="BE0674112089", vat_since=tomorrow
    )
    assert payee.number == 2
    _take_days_back(inside, case)
    note = _claim_back(inside, maker, checker)
    assert note.number.rsplit("-", 1)[0] == first.number.rsplit("-", 1)[0]
    assert list(differences()) == []
