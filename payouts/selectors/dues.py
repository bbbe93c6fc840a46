"""Registration fees and dues: what was paid of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef

from kernel.money import ZERO
from payouts.models import Charge, Line, Receipt
from payouts.selectors.statements import every_sale
from payouts.selectors.waiting import LIVE
from referrals.models import Fact, Joining


def paid_registrations() -> list[tuple[Joining, date]]:
    """Return who joined and was not noted yet, with the day on which they paid their registration fee, or joined without one.

    Who left owes the fee still: what comes of it later counts as well.
    """
    noted = Fact.objects.filter(case=OuterRef("case"), kind="member_joined", retractions=None)
    waiting = list(Joining.objects.filter(~Exists(noted)).select_related("member", "case").order_by("pk"))
    fees = list(Charge.objects.filter(kind=Charge.Kind.REGISTRATION, member__in=[one.member_id for one in waiting]))
    stands_on = dict(LIVE.filter(charge__in=fees).values_list("charge", "document"))
    stood = set(Line.objects.filter(charge__in=fees).values_list("charge", flat=True))
    paid = _paid_on(stands_on.values())
    found = []
    for one in waiting:
        own = [fee.pk for fee in fees if _is_of(fee, one)]
        owed = [pk for pk in own if pk in stands_on or pk not in stood]  # the others were taken back
        days = [paid[stands_on[pk]] for pk in owed if stands_on.get(pk) in paid]
        if len(days) == len(owed) and bool(owed) == bool(own):
            found.append((one, max(days, default=one.member.joined_on)))
    return found


def _is_of(fee: Charge, joining: Joining) -> bool:
    """Whether a fee is for this time that somebody joined, and not what who earns by it charged them."""
    since = fee.raised_at >= joining.case.submitted_at
    return since and fee.member_id == joining.member_id and fee.raised_by_id != joining.case.introducer_id


def _paid_on(documents: Iterable[int]) -> dict[int, date]:
    """Return when sales invoices of which nothing is left to be paid were paid, by their ids."""
    whole = every_sale().filter(pk__in=list(documents), left__lte=ZERO)
    receipts = Receipt.objects.filter(document__in=whole.values("pk"), takes_back=None, taken_back_by=None)
    return dict(receipts.values_list("document").annotate(last=Max("on")))
