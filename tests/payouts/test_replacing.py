"""A document that was paid, and was wrong: taken back, replaced, and the difference settled with what is paid next, or paid back."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Account, Adjustment, Batch, Document, Entry, Movement, Payable, Payment
from payouts.readiness import LeftOut
from payouts.selectors.auditing.everything import differences
from payouts.selectors.books import ageing
from payouts.selectors.claims import bills
from payouts.selectors.ready import Ready, left_over, ready
from payouts.sepa import calendar
from payouts.services import (
    answering,
    batching,
    crediting,
    issuing,
    journal,
    payees,
    paying,
    settings,
    settling,
    statements,
)
from payouts.services.payees import DeclaredVat
from payouts.vat import Regime
from privacy.selectors.erasable import obstacles
from tests import bank
from tests.bank import OURS
from tests.stories import payee_of

TODAY = timezone.localdate()
D = Decimal
later = (timezone.now() + timedelta(minutes=one) for one in count(1))


@pytest.fixture
def paid(inside: Organisation, invoiced: Payable, maker: Member) -> Document:
    """An invoice of 1,200 and 252 of VAT, paid."""
    settings.save(organisation=inside, fields={"iban": OURS})
    paying.mark_paid(payable=invoiced, on=TODAY, reference="BANK-1", by=maker, at=timezone.now())
    return Document.objects.get()


def _take_back(document: Document, by: Member) -> Document:
    crediting.order(document=document, because="Exempt.", by=by, at=timezone.now())
    issuing.issue_all(organisation=document.organisation, at=timezone.now())
    return Document.objects.filter(credits=document, lines__reverses__isnull=False).distinct().get()


def _replace(organisation: Organisation, member: Member, regime: Regime) -> Document:
    """Have the member look at their details, and the next document made out by them."""
    at = next(later)
    vat = DeclaredVat(regime, "BE0403019261", TODAY - timedelta(400))
    payees.save_details(organisation=organisation, member=member, fields={"name": "Peeters"}, vat=vat, at=at)
    issuing.issue_all(organisation=organisation, at=at)
    return Document.objects.latest("pk")


def _more(payable: Payable, difference: Decimal, maker: Member, checker: Member) -> Payable:
    """Approve a difference in a member's favour."""
    now = timezone.now()
    found = Adjustment.objects.create(
        payable=payable, difference=difference, found_at=now, settled_at=now, settled_by=maker
    )
    more = Payable.objects.create(
        entitlement=payable.entitlement, adjustment=found, member=payable.member, amount=difference, currency="EUR",
        state="approved", proposed_by=maker, proposed_at=now, approved_by=checker, approved_at=now,
    )  # fmt: skip
    journal.post(source=more, what=Booking.OWED, legs=ledger.owed(difference), on=TODAY, by=checker, at=now)
    return more


def _rows(organisation: Organisation) -> list[Ready]:
    return ready(organisation, "EUR", timezone.now())


def _owed() -> Decimal:
    return -Account.objects.get(kind="payable").balance


def test_the_difference_of_vat_is_settled_with_what_is_paid_next(
    inside: Organisation, paid: Document, invoiced: Payable, maker: Member, checker: Member
) -> None:
    note = _take_back(paid, checker)
    (row,) = _rows(inside)
    assert (row.documents, row.left_out) == ((note,), LeftOut.NOT_REPLACED)
    again = _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    assert (again.kind, again.net, again.vat, again.vat_case) == ("invoice", D(1200), D(0), "exempt_be")
    invoiced.refresh_from_db()
    assert invoiced.state == "paid"  # the member has what the case brings
    (row,) = _rows(inside)
    assert (set(row.documents), row.amount, row.left_out) == ({note, again}, D(-252), LeftOut.NOTHING_LEFT)
    assert _owed() == D(-252) == ageing(TODAY, "EUR")["payable"].total
    assert list(differences()) == []
    _more(invoiced, D(500), maker, checker)
    issuing.issue_all(organisation=inside, at=timezone.now())
    batch = batching.propose(
        organisation=inside, until=None, execute_on=calendar.next_settlement(TODAY), by=maker, at=timezone.now()
    )
    assert [one.amount for one in batch.payments.all()] == [D(500 - 252)]
    batching.approve(batch=batch, by=checker, at=timezone.now())
    batching.mark_executed(batch=batch, on=TODAY, by=maker, at=timezone.now())
    assert (_owed(), _rows(inside)) == (0, [])


def test_the_member_pays_the_difference_back(
    inside: Organisation, paid: Document, maker: Member, checker: Member
) -> None:
    _take_back(paid, checker)
    _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    entries = [bank.Entry(D(252))]
    statements.import_file(organisation=inside, content=bank.camt_of(entries), by=maker, at=timezone.now())
    movement = Movement.objects.get()
    said = {"organisation": inside, "movement": movement, "at": timezone.now()}
    with pytest.raises(statements.OwnMoneyError):
        statements.match_paid_back(member=paid.member, by=paid.member, **said)
    statements.match_paid_back(member=paid.member, by=maker, **said)
    movement.refresh_from_db()
    assert (movement.state, movement.payment.amount) == ("settled", D(-252))
    assert (_owed(), _rows(inside)) == (0, [])
    assert list(differences()) == []


def test_documents_that_cancel_each_other_out_move_no_money(
    inside: Organisation, paid: Document, maker: Member, checker: Member
) -> None:
    note = _take_back(paid, checker)
    again = _replace(inside, paid.member, Regime.ORDINARY)
    (row,) = left_over(inside, "EUR", timezone.now())
    assert (row.amount, set(row.documents)) == (0, {note, again})
    before = Entry.objects.count()
    client = Client()
    client.force_login(maker.user)
    response = client.post(f"/here/payouts/set-off/{paid.member_id}/", {"on": TODAY, "reference": "Set off"})
    assert response.status_code == 302
    payment = Payment.objects.latest("pk")
    assert (payment.amount, payment.state, payment.batch) == (0, "paid", None)
    assert (Entry.objects.count(), _owed(), _rows(inside)) == (before, 0, [])
    assert list(differences()) == []


def test_nobody_sets_off_their_own_or_what_is_to_be_paid(
    inside: Organisation, paid: Document, maker: Member, checker: Member
) -> None:
    said = {"organisation": inside, "currency": "EUR", "on": TODAY, "reference": "X", "at": timezone.now()}
    with pytest.raises(paying.NotPayableError):
        paying.set_off(member=paid.member, amount=D(0), by=maker, **said)
    _take_back(paid, checker)
    _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    with pytest.raises(paying.FourEyesError):
        paying.set_off(member=paid.member, amount=D(252), by=paid.member, **said)
    client = Client()
    client.force_login(maker.user)
    client.post(f"/here/payouts/set-off/{paid.member_id}/", {"on": TODAY, "reference": "He says so"})
    assert _owed() == D(-252)  # that somebody paid back, the bank says


def test_what_replaces_is_held_back_with_what_it_replaces(
    inside: Organisation, paid: Document, invoiced: Payable, maker: Member, checker: Member
) -> None:
    note = _take_back(paid, checker)
    again = _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    with pytest.raises(paying.StateChangedError):
        paying.mark_paid(payable=Payable.objects.get(), on=TODAY, reference="X", by=maker, at=timezone.now())
    answering.contest(document=again, because="No.", by=paid.member, at=timezone.now())
    waits = {row.documents: row.left_out for row in _rows(inside)}
    assert waits == {(note,): LeftOut.NOT_REPLACED, (again,): LeftOut.CONTESTED}
    crediting.order(document=again, because="Again.", by=checker, at=timezone.now())
    assert {row.documents: row.left_out for row in _rows(inside)} == {(note,): LeftOut.NOT_REPLACED}
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert [row.left_out for row in _rows(inside)] == [LeftOut.NOT_REPLACED]
    third = _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    (row,) = _rows(inside)
    assert (set(row.documents), row.amount) == ({note, third}, D(-252))
    assert list(differences()) == []


def test_of_two_amounts_one_is_not_paid_again_while_the_other_waits(
    inside: Organisation, approved: Payable, maker: Member, checker: Member
) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    other = _more(approved, D(300), maker, checker)
    payee_of(inside, approved.member)
    issuing._issue(inside, [approved.pk, other.pk], timezone.now())
    document = Document.objects.get()
    paying.mark_paid(payable=Payable.objects.get(pk=other.pk), on=TODAY, reference="X", by=maker, at=timezone.now())
    note = _take_back(document, checker)
    at = next(later)
    payees.save_details(organisation=inside, member=approved.member, fields={}, vat=None, at=at)
    issuing._issue(inside, [approved.pk], at)
    first = Document.objects.latest("pk")
    assert {row.documents: row.left_out for row in _rows(inside)} == {
        (note,): LeftOut.NOT_REPLACED, (first,): LeftOut.NOT_REPLACED
    }  # fmt: skip
    issuing._issue(inside, [other.pk], at)
    (row,) = _rows(inside)
    assert (len(row.documents), row.amount) == (3, 0)


def test_what_replaces_and_comes_back_leaves_the_first_payment_standing(
    inside: Organisation, paid: Document, invoiced: Payable, maker: Member, checker: Member
) -> None:
    _take_back(paid, checker)
    _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    said = {"currency": "EUR", "on": TODAY, "reference": "X", "by": maker, "at": timezone.now()}
    payment = paying.set_off(organisation=inside, member=paid.member, amount=D(252), **said)
    settling.take_back(payment=payment, on=TODAY, reason="X", by=maker, at=timezone.now())
    invoiced.refresh_from_db()
    assert invoiced.state == "paid"


def test_who_is_owed_or_owes_something_is_not_erased(inside: Organisation, paid: Document, checker: Member) -> None:
    Member.objects.filter(pk=paid.member_id).update(left_on=TODAY)
    member = Member.objects.get(pk=paid.member_id)
    assert obstacles([member]) == {member.pk: ""}
    _take_back(paid, checker)
    assert obstacles([member]) == {member.pk: "owed"}


def test_a_payment_of_nothing_goes_into_no_batch(inside: Organisation, paid: Document, maker: Member) -> None:
    batch = Batch.objects.create(
        number=1, execute_on=TODAY, currency="EUR", name="X", iban=OURS, proposed_by=maker, proposed_at=timezone.now()
    )
    with pytest.raises(IntegrityError, match="payment_of_a_batch_is_positive"), transaction.atomic():
        Payment.objects.create(batch=batch, member=paid.member, end_to_end_id="X", name="X", amount=0, currency="EUR")


def test_what_came_back_after_it_was_taken_back_is_owed_as_the_next_document_says(
    inside: Organisation, paid: Document, invoiced: Payable, maker: Member, checker: Member
) -> None:
    _take_back(paid, checker)
    again = _replace(inside, paid.member, Regime.SMALL_BUSINESS)
    payment = Payment.objects.get()
    settling.take_back(payment=payment, on=TODAY, reason="AC04", by=maker, at=timezone.now())
    invoiced.refresh_from_db()
    assert invoiced.state == "approved"
    (row,) = _rows(inside)
    assert (row.documents, row.amount, row.left_out) == ((again,), D(1200), None)
    assert _owed() == D(1200)
    assert list(differences()) == []


def test_one_that_went_by_a_batch_is_taken_back_once_it_went(
    inside: Organisation, invoiced: Payable, maker: Member, checker: Member
) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    now, day = timezone.now(), calendar.next_settlement(TODAY)
    batch = batching.propose(organisation=inside, until=None, execute_on=day, by=maker, at=now)
    batching.approve(batch=batch, by=checker, at=now)
    document = Document.objects.get()
    with pytest.raises(crediting.CannotBeCreditedError, match="batched"):
        crediting.order(document=document, because="X", by=checker, at=now)
    batching.mark_executed(batch=batch, on=TODAY, by=maker, at=now)
    assert _take_back(document, checker).total == -document.total
    assert list(differences()) == []


def test_who_is_on_the_payroll_by_now_gets_it_no_second_time_with_the_wages(
    inside: Organisation, paid: Document, checker: Member
) -> None:
    _take_back(paid, checker)
    at = next(later)
    payees.save_details(organisation=inside, member=paid.member, fields={"kind": "employee"}, vat=None, at=at)
    issuing.issue_all(organisation=inside, at=at)
    assert not paid.member.payables.exclude(payroll_lines=None).exists()
    assert list(differences()) == []


def test_what_is_added_is_invoiced_by_who_invoices_themselves(
    inside: Organisation, invoiced: Payable, maker: Member, checker: Member
) -> None:
    payee_of(inside, invoiced.member, route="own_invoice")
    more = _more(invoiced, D(100), maker, checker)
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert not more.lines.exists()
    assert [bill.payables for bill in bills(inside, invoiced.member)] == [(more,)]
