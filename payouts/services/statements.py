"""Bank statements: imported once, matched by what payments and payers name, the rest left to finance."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from members.models import Member, Organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Batch, Document, Movement, Payment, Receipt, Statement
from payouts.selectors.batches import message_id
from payouts.selectors.settings import payout_settings
from payouts.selectors.statements import unpaid_sales
from payouts.sepa import camt
from payouts.services import journal, settling
from payouts.services.journal import NewEntry

State = Movement.State


class Imported(NamedTuple):
    """How many movements were new, and how many of them were matched by themselves."""

    new: int
    matched: int


class NotOurAccountError(Exception):
    """A statement of an account that the organisation did not name; carries its masked number."""


class DoesNotAddUpError(Exception):
    """Balances and movements of a statement do not agree: some of it is missing; carries its identifier."""


class ImportedAlreadyError(Exception):
    """Exactly this file was imported before."""


class CannotBeMatchedError(Exception):
    """A movement does not fit what it is to be matched with, or somebody else decided on it meanwhile."""


@transaction.atomic
def import_file(*, organisation: Organisation, content: bytes, by: Member, at: datetime) -> Imported:
    """Import all statements of a file, or none. What was told of before, in whichever file, is passed over.

    RefusedXmlError, NotCamtError for a file that is none; NotOurAccountError, DoesNotAddUpError, ImportedAlreadyError.
    """
    read = camt.read(content)
    ours = payout_settings().iban
    for one in read:
        if one.iban != ours:
            raise NotOurAccountError(one.iban)
        if not one.adds_up:
            raise DoesNotAddUpError(one.identifier)
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one import after another
    sha256 = hashlib.sha256(content).hexdigest()
    if Statement.objects.filter(sha256=sha256).exists():
        raise ImportedAlreadyError
    new = [movement for one in read for movement in _keep(one, sha256, by, at)]
    return Imported(len(new), _match(new, by, at))


def _keep(read: camt.Statement, sha256: str, by: Member, at: datetime) -> list[tuple[Movement, camt.Movement]]:
    days = sorted(one.on for one in read.movements)
    statement = Statement.objects.create(
        sha256=sha256,
        identifier=read.identifier[:140],
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
        opened=read.opened,
        closed=read.closed,
        imported_by=by,
        imported_at=at,
    )
    told = {one.key: one for one in read.movements}
    known = set(Movement.objects.filter(key__in=told).values_list("key", flat=True))
    made = Movement.objects.bulk_create(
        Movement(
            statement=statement,
            key=one.key,
            on=one.on,
            amount=one.amount,
            currency=one.currency,
            name=one.name,
            iban=one.iban,
            end_to_end_id=one.end_to_end_id,
            reference=one.reference,
            text=one.text,
            is_return=one.is_return,
            return_reason=one.return_reason,
        )
        for one in told.values()
        if one.key not in known
    )
    return [(one, told[one.key]) for one in made]


def _match(new: Sequence[tuple[Movement, camt.Movement]], by: Member, at: datetime) -> int:
    """Settle what names its payment or its invoice; payments that went before those that came back."""
    movements = [movement for movement, _told in new]
    went = [(movement, told) for movement, told in new if movement.amount < 0]
    matched = _match_batches([pair for pair in went if not pair[0].end_to_end_id], by, at)
    matched += _match_payments([movement for movement, _told in went if movement.end_to_end_id], by, at)
    came = [movement for movement in movements if movement.amount > 0]
    matched += _match_returns([one for one in came if one.is_return and one.end_to_end_id], by, at)
    matched += _match_receipts([one for one in came if not one.is_return and one.reference], by, at)
    return matched


def _match_batches(went: Sequence[tuple[Movement, camt.Movement]], by: Member, at: datetime) -> int:
    """Settle batches that the bank booked in one sum."""
    batches = {message_id(batch): batch for batch in Batch.objects.filter(state=Batch.State.APPROVED)}
    matched = 0
    for movement, told in went:
        batch = batches.pop(told.batch_id, None)
        planned = list(batch.payments.filter(state=Payment.State.PLANNED)) if batch else []
        if planned and sum(one.amount for one in planned) == -movement.amount:
            settling.settle(payments=[one.pk for one in planned], on=movement.on, by=by, at=at)
            matched += _settled(movement, None, None, at)
    return matched


def _match_payments(went: Sequence[Movement], by: Member, at: datetime) -> int:
    named = Payment.objects.filter(end_to_end_id__in=[one.end_to_end_id for one in went]).select_related("batch")
    payments = {one.end_to_end_id: one for one in named}
    by_day: dict[date, list[int]] = defaultdict(list)
    fits: list[tuple[Movement, Payment]] = []
    for movement in went:
        payment = payments.pop(movement.end_to_end_id, None)
        if payment and _went(payment, movement):
            fits.append((movement, payment))
            by_day[movement.on].append(payment.pk)
    for on, pks in by_day.items():
        settling.settle(payments=pks, on=on, by=by, at=at)  # what was marked by hand before stays as it is
    for movement, payment in fits:
        movement.payment, movement.state, movement.settled_at = payment, State.SETTLED, at
    Movement.objects.bulk_update(
        [movement for movement, _ in fits], ["payment", "state", "settled_at"], batch_size=1000
    )
    return len(fits)


def _went(payment: Payment, movement: Movement) -> bool:
    """Whether a movement is a payment of ours: of an approved batch, over the same amount."""
    is_of_the_bank = payment.batch is not None and payment.batch.state in (Batch.State.APPROVED, Batch.State.EXECUTED)
    went = payment.state in (Payment.State.PLANNED, Payment.State.PAID)
    return is_of_the_bank and went and _same(payment, movement)


def _same(payment: Payment, movement: Movement) -> bool:
    return payment.amount == abs(movement.amount) and payment.currency == movement.currency


def _match_returns(came: Sequence[Movement], by: Member, at: datetime) -> int:
    named = Payment.objects.filter(end_to_end_id__in=[one.end_to_end_id for one in came])
    payments = {one.end_to_end_id: one for one in named}
    matched = 0
    for movement in came:
        payment = payments.get(movement.end_to_end_id)
        if payment and _same(payment, movement) and _take_back(payment, movement, by, at):
            matched += _settled(movement, payment, None, at)
    return matched


def _take_back(payment: Payment, movement: Movement, by: Member, at: datetime) -> bool:
    reason = movement.return_reason or movement.text
    return settling.take_back(payment=payment, on=movement.on, reason=reason, by=by, at=at)


def _match_receipts(came: Sequence[Movement], by: Member, at: datetime) -> int:
    sales = {one.reference: one for one in unpaid_sales().filter(reference__in={one.reference for one in came})}
    left = {one.pk: one.left for one in sales.values()}
    receipts, settled = [], []
    for movement in came:
        document = sales.get(movement.reference)
        if document and document.currency == movement.currency and movement.amount <= left[document.pk]:
            left[document.pk] -= movement.amount
            receipts.append(_receipt(movement, document, movement.amount, None, at))
            movement.state, movement.settled_at = State.SETTLED, at
            settled.append(movement)
    _book(receipts)
    Movement.objects.bulk_update(settled, ["state", "settled_at"], batch_size=1000)
    return len(settled)


@transaction.atomic
def match_payment(*, movement: Movement, payment: Payment, by: Member, at: datetime) -> None:
    """Say that a movement is a payment that went, or one that came back; CannotBeMatchedError when it does not fit."""
    movement = _locked(movement)
    if movement.amount < 0 and payment.state == Payment.State.PLANNED and _went_or_stays(payment, movement):
        settling.settle(payments=[payment.pk], on=movement.on, by=by, at=at)
    elif not (movement.amount > 0 and _same(payment, movement) and _take_back(payment, movement, by, at)):
        raise CannotBeMatchedError
    _settled(movement, payment, by, at)


def _went_or_stays(payment: Payment, movement: Movement) -> bool:
    if not _went(Payment.objects.select_related("batch").get(pk=payment.pk), movement):
        raise CannotBeMatchedError
    return True


@transaction.atomic
def match_sales(*, movement: Movement, documents: Sequence[int], by: Member, at: datetime) -> None:
    """Say which invoices a movement pays, by their ids: the first as a whole, and so on, the last as far as it reaches.

    CannotBeMatchedError when more came than they want.
    """
    movement = _locked(movement)
    chosen = list(unpaid_sales().filter(pk__in=list(documents), currency=movement.currency))
    left, receipts = movement.amount, []
    for document in chosen:
        part = min(left, document.left)
        if part > 0:
            receipts.append(_receipt(movement, document, part, by, at))
            left -= part
    if left or movement.amount <= 0:
        raise CannotBeMatchedError
    _book(receipts)
    _settled(movement, None, by, at)


@transaction.atomic
def ignore(*, movement: Movement, because: str, by: Member, at: datetime) -> None:
    """Say that a movement is about nothing here: bank costs, another business of the organisation."""
    movement = _locked(movement)
    Movement.objects.filter(pk=movement.pk).update(state=State.IGNORED, note=because, settled_by=by, settled_at=at)


def _receipt(movement: Movement, document: Document, amount: Decimal, by: Member | None, at: datetime) -> Receipt:
    return Receipt(
        document=document,
        movement=movement,
        member_id=document.member_id,
        amount=amount,
        currency=movement.currency,
        on=movement.on,
        recorded_by=by,
        recorded_at=at,
    )


def _book(receipts: Sequence[Receipt]) -> None:
    made = Receipt.objects.bulk_create(receipts)
    journal.post_all(
        [
            NewEntry(one, Booking.RECEIVED, ledger.received(one.amount), one.on, one.recorded_by, one.recorded_at)
            for one in made
        ]
    )


def _settled(movement: Movement, payment: Payment | None, by: Member | None, at: datetime) -> int:
    standing = Movement.objects.filter(pk=movement.pk, state=State.OPEN)
    return standing.update(state=State.SETTLED, payment=payment, settled_by=by, settled_at=at)


def _locked(movement: Movement) -> Movement:
    found = Movement.objects.select_for_update(of=("self",)).filter(pk=movement.pk, state=State.OPEN).first()
    if not found:
        raise CannotBeMatchedError
    return found
