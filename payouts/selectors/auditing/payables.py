"""Approved amounts against what their cases say, the journal, documents, and payments."""

from collections.abc import Iterator

from payouts.ledger import Booking
from payouts.models import Adjustment, Entry, Payable, PaymentPart, PayrollLine
from payouts.selectors.parts import outstanding
from payouts.selectors.waiting import LIVE
from payouts.states import FROZEN, PayableState


def payables() -> Iterator[str]:
    """Yield what does not agree about approved amounts, unless an adjustment is open for it."""
    approved = list(Payable.objects.filter(state__in=FROZEN).select_related("entitlement__case"))
    left = outstanding({one.entitlement for one in approved}, (*FROZEN, PayableState.PROPOSED))
    waiting = set(Adjustment.objects.filter(settled_at=None).values_list("payable_id", flat=True))
    booked = set(Entry.objects.filter(payable__isnull=False).values_list("payable_id", "what"))
    for one in approved:
        name = one.entitlement.case.reference
        if one.adjustment_id is None and left[one.entitlement_id, one.member_id] and one.pk not in waiting:
            yield f"{name}: approved {one.amount}, and no adjustment for the difference"
        if (one.pk, Booking.OWED) not in booked:
            yield f"{name}: {one.state}, but no journal entry “owed”"
    yield from _paid([one for one in approved if one.state == PayableState.PAID], booked)
    yield from _unpaid({one.pk: one for one in approved if one.state == PayableState.APPROVED})


def _paid(found: list[Payable], booked: set[tuple[int, str]]) -> Iterator[str]:
    """Each amount that is paid stands on a document that a payment paid, or went with the wages."""
    documents = dict(LIVE.filter(payable__in=found).values_list("payable_id", "document_id"))
    paid = set(PaymentPart.objects.filter(stands=True, payment__state="paid").values_list("document_id", flat=True))
    on_payroll = set(PayrollLine.objects.values_list("payable_id", flat=True))
    for one in found:
        name, document = one.entitlement.case.reference, documents.get(one.pk)
        if document is None and one.pk not in on_payroll:
            yield f"{name}: paid without a document or a line for payroll"
        elif document is None and (one.pk, Booking.PAID) not in booked:
            yield f"{name}: paid, but no journal entry “paid”"
        elif document is not None and document not in paid:
            yield f"{name}: paid, but no payment paid its document"


def _unpaid(found: dict[int, Payable]) -> Iterator[str]:
    """No amount that is only approved stands on a document that was paid."""
    parts = PaymentPart.objects.filter(stands=True, payment__state="paid")
    lines = LIVE.filter(payable__in=found, document__in=parts.values("document"))
    for pk in lines.values_list("payable_id", flat=True):
        yield f"{found[pk].entitlement.case.reference}: its document was paid, but it is not"
