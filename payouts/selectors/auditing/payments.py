"""Payments against what they pay, the journal, and the file that the bank got."""

import hashlib
from collections.abc import Iterator

from django.db.models import Sum

from payouts.ledger import Booking
from payouts.models import Batch, Entry, Payment, PaymentPart
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
        if booked.get(one.pk, set()) != BOOKED.get(Payment.State(one.state), set()):
            yield f"{one.end_to_end_id}: {one.state}, but the journal says {', '.join(sorted(booked.get(one.pk, ())))}"
    for batch in Batch.objects.exclude(sha256=""):
        if hashlib.sha256(pain.write(order_of(batch))).hexdigest() != batch.sha256:
            yield f"batch {batch.number}: its file is not the one that the bank got"
