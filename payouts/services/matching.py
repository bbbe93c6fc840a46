"""Bank movements matched by themselves: by what payments and payers name. Nobody's own money, by what they imported."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kernel import work
from kernel.postgres.many import update_each
from members.models import Member
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Batch, Document, Movement, Payment, Receipt
from payouts.selectors import own_money
from payouts.selectors.batches import message_id
from payouts.selectors.remittances import remitted_on
from payouts.selectors.statements import unpaid_sales
from payouts.sepa import camt
from payouts.services import journal, settling
from payouts.services.journal import NewEntry
from payouts.services.looking import DUES, look_again
from referrals.services.locking import lock_all

State = Movement.State


def match(new: Sequence[tuple[Movement, camt.Movement]], by: Member, at: datetime) -> int:
    """Settle what names its payment or its invoice, payments that went before those that came back; return how many."""
    movements = [movement for movement, _told in new]
    named = Document.objects.filter(
        kind=Document.Kind.SALE, reference__in={one.reference for one in movements if one.reference}
    )
    _lock_cases(named.values_list("pk", flat=True))
    went = [(movement, told) for movement, told in new if movement.amount < 0]
    matched = _match_batches([pair for pair in went if not pair[0].end_to_end_id], by, at)
    matched += _match_payments([movement for movement, _told in went if movement.end_to_end_id], by, at)
    came = [movement for movement in movements if movement.amount > 0]
    matched += _match_returns([one for one in came if one.is_return and one.end_to_end_id], by, at)
    matched += _match_receipts([one for one in came if not one.is_return and one.reference], by, at)
    return matched


def _match_batches(went: Sequence[tuple[Movement, camt.Movement]], by: Member, at: datetime) -> int:
    """Settle batches that the bank booked in one sum."""
    wanted = {told.batch_id for _movement, told in went}
    approved = {message_id(batch): batch.pk for batch in Batch.objects.filter(state=Batch.State.APPROVED)}
    planned_of: dict[int, list[Payment]] = defaultdict(list)
    named = [pk for name, pk in approved.items() if name in wanted]
    for payment in Payment.objects.filter(batch__in=named, state=Payment.State.PLANNED):
        planned_of[payment.batch_id or 0].append(payment)
    matched = 0
    for movement, told in went:
        planned = planned_of.pop(approved.get(told.batch_id, 0), [])
        if planned and sum(one.amount for one in planned) == -movement.amount:
            settling.settle(payments=[one.pk for one in planned], on=movement.on, by=by, at=at)
            matched += settled(movement, None, None, at)
    return matched


def _match_payments(went: Sequence[Movement], by: Member, at: datetime) -> int:
    # Of what was marked as paid by hand a movement may still come, once: the bank executing it twice is finance's business.
    told = Movement.objects.filter(payment=OuterRef("pk"), amount__lt=0)
    named = Payment.objects.filter(end_to_end_id__in=[one.end_to_end_id for one in went]).select_related("batch")
    waiting = named.defer("iban", "batch__iban").filter(
        Q(state=Payment.State.PLANNED) | Q(state=Payment.State.PAID) & ~Exists(told)
    )
    payments = {one.end_to_end_id: one for one in waiting}
    by_day: dict[date, list[int]] = defaultdict(list)
    fits: list[tuple[Movement, Payment]] = []
    for movement in went:
        payment = payments.pop(movement.end_to_end_id, None)
        if payment and is_of(payment, movement):
            fits.append((movement, payment))
            by_day[movement.on].append(payment.pk)
    for on, pks in by_day.items():
        settling.settle(payments=pks, on=on, by=by, at=at)  # what was marked by hand before stays as it is
    paid = {movement.pk: payment.pk for movement, payment in fits}
    update_each(Movement, "payment", paid, state=State.SETTLED, settled_at=at)
    return len(fits)


def is_of(payment: Payment, movement: Movement) -> bool:
    """Whether a movement can be a payment of ours: of an approved batch, over the same amount."""
    is_of_the_bank = payment.batch is not None and payment.batch.state in (Batch.State.APPROVED, Batch.State.EXECUTED)
    return is_of_the_bank and is_same(payment, movement)


def is_same(payment: Payment, movement: Movement) -> bool:
    """Whether both are about the same amount."""
    return payment.amount == abs(movement.amount) and payment.currency == movement.currency


def _match_returns(came: Sequence[Movement], by: Member, at: datetime) -> int:
    named = Payment.objects.filter(end_to_end_id__in=[one.end_to_end_id for one in came])
    payments = {one.end_to_end_id: one for one in named}
    matched = 0
    for movement in came:
        payment = payments.get(movement.end_to_end_id)
        if payment and payment.member_id == by.pk:
            continue  # somebody else looks whether it really came back
        if payment and is_same(payment, movement) and take_back(payment, movement, by, at):
            matched += settled(movement, payment, None, at)
    return matched


def take_back(payment: Payment, movement: Movement, by: Member, at: datetime) -> bool:
    """Record that a payment came back; False when it is not out."""
    reason = movement.return_reason or movement.text
    return settling.take_back(payment=payment, on=movement.on, reason=reason, by=by, at=at)


def _match_receipts(came: Sequence[Movement], by: Member, at: datetime) -> int:
    sales = {one.reference: one for one in unpaid_sales().filter(reference__in={one.reference for one in came})}
    left, own = {one.pk: one.left for one in sales.values()}, own_money.moved_by(by, [one.pk for one in sales.values()])
    receipts, done = [], []
    for movement in came:
        document = sales.get(movement.reference)
        if document and document.pk in own:
            continue  # somebody else looks whether it really came
        if document and document.currency == movement.currency and movement.amount <= left[document.pk]:
            left[document.pk] -= movement.amount
            receipts.append(receipt(movement, document, movement.amount, None, at))
            done.append(movement.pk)
    book(receipts)
    Movement.objects.filter(pk__in=done).update(state=State.SETTLED, settled_at=at)
    return len(done)


def receipt(movement: Movement, document: Document, amount: Decimal, by: Member | None, at: datetime) -> Receipt:
    """Return that some of a movement pays a sales invoice; not stored yet."""
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


def counter(one: Receipt, by: Member, on: date, at: datetime) -> Receipt:
    """Return what takes a receipt back, on the day on which it is; not stored yet."""
    own = {"member_id": one.member_id, "currency": one.currency, "document": one.document, "movement": one.movement}
    return Receipt(**own, takes_back=one, amount=-one.amount, on=on, recorded_by=by, recorded_at=at)


def book(receipts: Sequence[Receipt]) -> None:
    """Store receipts, and book them."""
    _lock_cases([one.document_id for one in receipts])
    made = Receipt.objects.bulk_create(receipts)
    journal.post_all(
        [
            NewEntry(one, Booking.RECEIVED, ledger.received(one.amount), one.on, one.recorded_by, one.recorded_at)
            for one in made
        ]
    )
    for one in made[:1]:
        work.add(one.organisation_id, DUES)
        paid = {receipt.document_id for receipt in made}
        look_again(remitted_on(paid), one.organisation_id, timezone.localdate(one.recorded_at))


def _lock_cases(documents: Iterable[int]) -> None:
    """Lock the cases whose remittances stand on documents before anything is booked, as who makes them out does."""
    lock_all(remitted_on(list(documents)).values_list("pk", flat=True))


def settled(movement: Movement, payment: Payment | None, by: Member | None, at: datetime) -> int:
    """Note what a movement was about; return 1, or 0 when it was decided on before."""
    standing = Movement.objects.filter(pk=movement.pk, state=State.OPEN)
    return standing.update(state=State.SETTLED, payment=payment, settled_by=by, settled_at=at)
