"""What was approved is never changed silently: a later assessment that says otherwise becomes an adjustment."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from payouts.models import Adjustment, Payable
from payouts.states import PayableState

FROZEN = (PayableState.APPROVED, PayableState.PAID)


def compare(*, case_ids: Iterable[int], at: datetime) -> None:
    """Keep one open adjustment for each approved amount that differs from what its entitlement says now."""
    payables = Payable.objects.filter(entitlement__case_id__in=list(case_ids), state__in=FROZEN)
    for payable in payables.select_related("entitlement"):
        said = payable.entitlement
        now = said.amount if said.state == "due" and said.amount is not None else Decimal(0)
        difference = now - payable.amount - _settled(payable)
        Adjustment.objects.filter(payable=payable, settled_at=None).exclude(difference=difference).delete()
        if difference:
            Adjustment.objects.get_or_create(
                payable=payable, settled_at=None, defaults={"difference": difference, "found_at": at}
            )


def _settled(payable: Payable) -> Decimal:
    settled = payable.adjustments.exclude(settled_at=None).values_list("difference", flat=True)
    return sum(settled, Decimal(0))
