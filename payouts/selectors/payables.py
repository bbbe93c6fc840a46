"""What finance works on, the oldest first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from payouts.models import Adjustment, Entitlement, Payable
from payouts.states import PayableState
from programmes.engine.assess import assess
from programmes.engine.verdict import Reason
from referrals.selectors.timelines import timelines


@dataclass(frozen=True)
class Due:
    """A due entitlement with the days left until the promised date; negative when the promise is broken."""

    entitlement: Entitlement
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


def to_propose() -> QuerySet[Entitlement]:
    """Entitlements due in money to introducers that nobody has proposed yet."""
    on_their_way = Payable.objects.filter(entitlement=OuterRef("pk")).exclude(state=PayableState.SENT_BACK)
    found = Entitlement.objects.filter(state="due", party="introducer", owed_by="organisation", amount__gt=0)
    found = found.exclude(unit__in=["coin", "point"]).exclude(Exists(on_their_way))
    related = found.select_related("case__introducer", "case__candidate", "case__client", "version__programme")
    return related.order_by("pay_by", "pk")


def due(entitlements: QuerySet[Entitlement], today: date) -> list[Due]:
    """Return entitlements with the days left until each promised date."""
    return [Due(one, (one.pay_by - today).days) for one in entitlements if one.pay_by]


def payables(*states: PayableState) -> QuerySet[Payable]:
    """Amounts in these states, the oldest first, with what a list shows."""
    found = Payable.objects.filter(state__in=states)
    related = found.select_related(
        "payee", "proposed_by", "approved_by", "entitlement__case__candidate", "entitlement__version__programme"
    )
    return related.order_by("entitlement__pay_by", "pk")


def adjustments() -> QuerySet[Adjustment]:
    """Differences that wait for a decision."""
    return Adjustment.objects.filter(settled_at=None).select_related("payable__payee", "payable__entitlement__case")


def reasons(entitlement: Entitlement) -> list[Reason]:
    """Why an entitlement is due: its case assessed on the day it fell due."""
    case_id, due_on = entitlement.case_id, entitlement.due_on
    assert due_on is not None
    found = assess(entitlement.version.rule_set, timelines([case_id])[case_id], due_on).entitlements
    same = (one for one in found if (one.reward, one.placement, one.to) == _key(entitlement))
    return [reason for one in same if entitlement.instalment in (0, one.instalment) for reason in one.because]


def _key(entitlement: Entitlement) -> tuple[str, str, str]:
    return entitlement.reward, entitlement.placement, entitlement.party
