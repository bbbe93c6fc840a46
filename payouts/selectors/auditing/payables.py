"""Approved amounts against what their cases say, the journal, documents, and payments."""

from collections.abc import Iterator

from payouts.ledger import Booking
from payouts.models import Adjustment, Entry, Line, Payable, PayrollLine
from payouts.selectors.parts import comes_by_and_by, outstanding
from payouts.selectors.unsettled import SETTLED
from payouts.selectors.waiting import LIVE
from payouts.states import FROZEN, PayableState


def payables() -> Iterator[str]:
    """Yield what does not agree about approved amounts, unless an adjustment is open for it."""
    approved = list(Payable.objects.filter(state__in=FROZEN).select_related("entitlement__case"))
    left = outstanding({one.entitlement for one in approved}, (*FROZEN, PayableState.PROPOSED))
    still_open = Adjustment.objects.filter(settled_at=None)
    waiting = set(still_open.values_list("payable__entitlement", "payable__member"))
    booked = set(Entry.objects.filter(payable__isnull=False).values_list("payable_id", "what"))
    for one in approved:
        name = one.entitlement.case.reference
        share = one.entitlement_id, one.member_id
        differs = left[share] and not comes_by_and_by(one.entitlement, left[share])
        if one.adjustment_id is None and differs and share not in waiting:
            yield f"{name}: approved {one.amount}, and no adjustment for the difference"
        if (one.pk, Booking.OWED) not in booked:
            yield f"{name}: {one.state}, but no journal entry “owed”"
    yield from _paid([one for one in approved if one.state == PayableState.PAID], booked)
    yield from _unpaid({one.pk: one for one in approved if one.state == PayableState.APPROVED})


def _paid(found: list[Payable], booked: set[tuple[int, str]]) -> Iterator[str]:
    """Each amount that is paid stands, or stood before it was replaced, on a document that was paid; or went with the wages."""
    paid = set(Line.objects.filter(document__in=SETTLED.values("document")).values_list("payable_id", flat=True))
    on_payroll = set(PayrollLine.objects.values_list("payable_id", flat=True))
    for one in found:
        name = one.entitlement.case.reference
        if one.pk in on_payroll:
            if (one.pk, Booking.PAID) not in booked:
                yield f"{name}: paid, but no journal entry “paid”"
        elif one.pk not in paid:
            yield f"{name}: paid, but no payment paid a document of it"


def _unpaid(found: dict[int, Payable]) -> Iterator[str]:
    """No amount that is only approved stands on a document that was paid."""
    lines = LIVE.filter(payable__in=found, document__in=SETTLED.values("document"))
    for pk in lines.values_list("payable_id", flat=True):
        yield f"{found[pk].entitlement.case.reference}: its document was paid, but it is not"
