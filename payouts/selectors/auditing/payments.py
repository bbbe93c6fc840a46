"""Payments against what they pay, the journal, and the file that the bank got; receipts against what came."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum

from payouts.ledger import Booking
from payouts.models import Batch, Entry, Movement, Payment, PaymentPart, Receipt
from payouts.selectors.batches import order_of
from payouts.sepa import pain

BOOKED = {
    Payment.State.PAID: {Booking.PAID},
    Payment.State.RETURNED: {Booking.PAID, Booking.RETURNED},
}


def payments() -> Iterator[str]:
    """Yield what does not agree about payments and batches."""
    sums = dict(PaymentPart.objects.values_list("payment").annotate(total=Sum("amount")))
    booked: dict[int, set[str]] = {}
    for pk, what in Entry.objects.filter(payment__isnull=False).values_list("payment_id", "what"):
        booked.setdefault(pk, set()).add(what)
    for one in Payment.objects.defer("iban").order_by("pk").iterator():
        if sums.get(one.pk) != one.amount:
            yield f"{one.end_to_end_id}: it pays {one.amount}, its documents sum to {sums.get(one.pk)}"
        if booked.get(one.pk, set()) != (BOOKED.get(Payment.State(one.state), set()) if one.amount else set()):
            yield f"{one.end_to_end_id}: {one.state}, but the journal says {', '.join(sorted(booked.get(one.pk, ())))}"
    for batch in Batch.objects.exclude(sha256=""):
        if hashlib.sha256(pain.write(order_of(batch))).hexdigest() != batch.sha256:
            yield f"batch {batch.number}: its file is not the one that the bank got"
    yield from _receipts()


def _receipts() -> Iterator[str]:
    """Each receipt of a movement is booked, and what a movement paid of invoices is what came; what was set off cancels out."""
    booked = set(Entry.objects.filter(receipt__isnull=False).values_list("receipt_id", flat=True))
    sums: dict[int, Decimal] = defaultdict(Decimal)
    moved: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for one in Receipt.objects.filter(against__isnull=False):
        moved[min(one.document_id, one.against_id or 0), max(one.document_id, one.against_id or 0)] += one.amount
    yield from (f"documents {pair}: {amount} was set off against nothing" for pair, amount in moved.items() if amount)
    for one in Receipt.objects.filter(movement__isnull=False):
        assert one.movement_id is not None
        sums[one.movement_id] += one.amount
        if one.pk not in booked:
            yield f"receipt {one.pk}: no journal entry “received”"
    for movement in Movement.objects.filter(pk__in=sums).only("pk", "amount", "on", "state"):
        wanted = movement.amount if movement.state == Movement.State.SETTLED else 0  # what was taken back cancels out
        if sums[movement.pk] != wanted:
            yield f"movement of {movement.on}: {movement.amount} came, {sums[movement.pk]} was matched"
