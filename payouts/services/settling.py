"""How payments went: paid, or come back; each once, with everything that stands on them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from kernel.money import ZERO
from kernel.postgres.many import update_each
from members.models import Member
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Batch, Document, Line, Payable, Payment, PaymentPart
from payouts.selectors.unsettled import SETTLED
from payouts.selectors.waiting import LIVE
from payouts.services import journal
from payouts.services.journal import NewEntry
from payouts.signals import payables_paid, payment_returned
from payouts.states import PayableState, before

State = Payment.State


@transaction.atomic
def settle(*, payments: Sequence[int], on: date, by: Member | None, at: datetime) -> list[Payment]:
    """Record that payments, by their ids, were executed on a day, and book them; return those that this settled."""
    waiting = Payment.objects.select_for_update(of=("self",)).filter(pk__in=list(payments), state=State.PLANNED)
    found = list(waiting.defer("iban").order_by("pk"))
    Payment.objects.filter(pk__in=[one.pk for one in found]).update(state=State.PAID, paid_on=on)
    documents = PaymentPart.objects.filter(payment__in=found).values("document")
    payables = list(
        Payable.objects.filter(
            pk__in=LIVE.filter(document__in=documents).values("payable"), state__in=before(PayableState.PAID)
        ).values_list("pk", flat=True)
    )
    _write_references(found, payables, on)
    moved = [one for one in found if one.amount]  # documents that cancel each other out move nothing
    journal.post_all([NewEntry(one, Booking.PAID, ledger.paid(one.amount), on=on, by=by, at=at) for one in moved])
    _close_batches({one.batch_id for one in found if one.batch_id})
    payables_paid.send(Payable, payables=payables, at=at)
    return found


@transaction.atomic
def take_back(*, payment: Payment, on: date, reason: str, by: Member | None, at: datetime) -> bool:
    """Record that a payment came back, with the bank's reason: its amounts are to be paid again. False when it had already."""
    returned = Payment.objects.filter(pk=payment.pk, state=State.PAID)
    if not returned.update(state=State.RETURNED, returned_on=on, return_reason=reason[:140]):
        return False
    documents = list(payment.parts.values_list("document", flat=True))
    payment.parts.update(stands=False)
    about = Payable.objects.filter(lines__document__in=documents, state=PayableState.PAID)
    settled = SETTLED.values("document")
    still = Line.objects.filter(reverses=None, document__in=settled).exclude(reversals__document__in=settled)
    Payable.objects.filter(pk__in=about.exclude(pk__in=still.values("payable"))).update(
        state=PayableState.APPROVED, paid_on=None, payment_reference=""
    )
    journal.post(source=payment, what=Booking.RETURNED, legs=ledger.returned(payment.amount), on=on, by=by, at=at)
    payment.refresh_from_db()
    payment_returned.send(Payment, payment=payment, at=at)
    return True


@transaction.atomic
def pay_by_hand(
    *, documents: Sequence[Document], name: str, on: date, reference: str, by: Member, at: datetime
) -> Payment:
    """Record that documents of one member were paid together, outside of any batch; or paid back, or cancel each other out."""
    first = documents[0]
    payment = Payment.objects.create(
        member_id=first.member_id,
        end_to_end_id=f"H{first.pk}-{first.payment_parts.count() + 1}",
        name=name,
        amount=sum((one.total for one in documents), ZERO),
        currency=first.currency,
        text=reference,
    )
    PaymentPart.objects.bulk_create(PaymentPart(payment=payment, document=one, amount=one.total) for one in documents)
    settle(payments=[payment.pk], on=on, by=by, at=at)
    return payment


def _write_references(payments: Sequence[Payment], payables: Sequence[int], on: date) -> None:
    """Say of each amount when it was paid, and under which reference: that of its payment, or what was typed by hand."""
    said = {one.pk: one.text if one.batch_id is None else one.end_to_end_id for one in payments}
    lines = LIVE.filter(payable__in=payables, document__payment_parts__payment__in=said)
    paying = dict(lines.values_list("payable", "document__payment_parts__payment"))
    references = {pk: said[paying[pk]] for pk in payables}
    update_each(Payable, "payment_reference", references, state=PayableState.PAID, paid_on=on)


def _close_batches(batches: set[int]) -> None:
    left = Payment.objects.filter(batch__in=batches, state=State.PLANNED).values("batch")
    Batch.objects.filter(pk__in=batches).exclude(pk__in=left).update(state=Batch.State.EXECUTED)
