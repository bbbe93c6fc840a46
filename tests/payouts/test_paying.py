"""Four eyes, the journal, and what the database refuses."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from members.models import Member
from payouts import ledger
from payouts.models import Account, Entitlement, Entry, Payable, Posting
from payouts.services import journal, paying

TODAY = timezone.localdate()


def _balances() -> dict[str, Decimal]:
    return {account.kind: account.balance for account in Account.objects.all()}


def test_an_entitlement_is_proposed_once(due: Entitlement, proposed: Payable, maker: Member) -> None:
    assert paying.propose(entitlements=[due.pk], by=maker, at=timezone.now()) == []


def test_who_proposed_cannot_approve(proposed: Payable, maker: Member) -> None:
    with pytest.raises(paying.FourEyesError):
        paying.approve(payables=[proposed.pk], on=TODAY, by=maker, at=timezone.now())


def test_the_database_itself_refuses_one_pair_of_eyes(proposed: Payable, maker: Member) -> None:
    with pytest.raises(IntegrityError, match="payable_four_eyes"), transaction.atomic():
        Payable.objects.filter(pk=proposed.pk).update(state="approved", approved_by=maker)


def test_nobody_approves_what_they_get_themselves(proposed: Payable) -> None:
    with pytest.raises(paying.FourEyesError):
        paying.approve(payables=[proposed.pk], on=TODAY, by=proposed.member, at=timezone.now())
    with pytest.raises(IntegrityError, match="payable_not_ones_own"), transaction.atomic():
        Payable.objects.filter(pk=proposed.pk).update(state="approved", approved_by=proposed.member)


def test_what_its_case_no_longer_says_is_not_approved(proposed: Payable, checker: Member) -> None:
    Entitlement.objects.update(state="open", due_on=None)
    with pytest.raises(paying.NotPayableError):
        paying.approve(payables=[proposed.pk], on=TODAY, by=checker, at=timezone.now())


def test_approving_twice_books_once(approved: Payable, checker: Member) -> None:
    assert paying.approve(payables=[approved.pk], on=TODAY, by=checker, at=timezone.now()) == 0
    assert _balances() == {"bonuses": Decimal("1200.00"), "payable": Decimal("-1200.00")}


def test_payment_settles_the_debt(invoiced: Payable, maker: Member) -> None:
    paying.mark_paid(payable=invoiced, on=TODAY, reference="BANK-1", by=maker, at=timezone.now())
    assert _balances() == {
        "bonuses": Decimal("1200.00"),
        "vat": Decimal("252.00"),
        "payable": Decimal(0),
        "bank": Decimal("-1452.00"),
    }


def test_nothing_is_paid_without_a_document(approved: Payable, maker: Member) -> None:
    with pytest.raises(paying.NotPayableError):
        paying.mark_paid(payable=approved, on=TODAY, reference="BANK-1", by=maker, at=timezone.now())


def test_what_was_paid_cannot_be_paid_again(invoiced: Payable, maker: Member) -> None:
    paying.mark_paid(payable=invoiced, on=TODAY, reference="BANK-1", by=maker, at=timezone.now())
    with pytest.raises(paying.StateChangedError):
        paying.mark_paid(payable=invoiced, on=TODAY, reference="BANK-2", by=maker, at=timezone.now())


def test_what_was_sent_back_can_be_proposed_again(due: Entitlement, proposed: Payable, checker: Member) -> None:
    paying.send_back(payable=proposed, because="The days are not confirmed.", on=TODAY, by=checker)
    assert len(paying.propose(entitlements=[due.pk], by=checker, at=timezone.now())) == 1


def _post(payable: Payable, legs: list[ledger.Leg], by: Member) -> None:
    journal.post(source=payable, what=ledger.Booking.PAID, legs=legs, on=TODAY, by=by, at=timezone.now())
    connection.check_constraints()


@pytest.mark.parametrize("count", [0, 1])
def test_the_database_refuses_an_entry_that_does_not_balance(approved: Payable, checker: Member, count: int) -> None:
    legs = ledger.paid(Decimal(10))[:count]
    with pytest.raises(IntegrityError, match=r"does not balance|has no sides"), transaction.atomic():
        _post(approved, legs, checker)


@pytest.mark.parametrize("model", [Entry, Posting])
def test_the_database_refuses_to_change_the_journal(approved: Payable, model: type[Entry]) -> None:
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        model.objects.update(organisation=model.objects.values("organisation")[:1])
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")
