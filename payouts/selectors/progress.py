"""How far the money of one case is, as finance knows it, for whoever looks at the case."""

from dataclasses import dataclass
from datetime import date

from payouts.models import Entitlement, Payable
from payouts.states import PayableState
from referrals.models import Case

Key = tuple[int, str, str, int, int | None, str]
"""Version, reward, placement, instalment (0 for a share's), revenue fact, party."""


@dataclass(frozen=True)
class Progress:
    """The day until which a due amount is paid; or that it was approved, or paid."""

    pay_by: date
    state: str
    paid_on: date | None


def progress_of(case: Case) -> dict[Key, Progress]:
    """Return how far each due entitlement is on its way to a case's introducer, in two queries."""
    due = list(Entitlement.objects.filter(case=case.leading, state="due", pay_by__isnull=False))
    moving = Payable.objects.filter(entitlement__in=due, member=case.introducer_id, adjustment=None).order_by("release")
    payables = {one.entitlement_id: one for one in moving.exclude(state=PayableState.SENT_BACK)}
    found = {}
    for one in due:
        assert one.pay_by is not None
        payable = payables.get(one.pk)
        key = (one.version_id, one.reward, one.placement, one.instalment, one.revenue_id, one.party)
        pay_by = payable.pay_by if payable and payable.pay_by else one.pay_by
        found[key] = Progress(pay_by, payable.state if payable else "", payable.paid_on if payable else None)
    return found
