"""Registration fees and dues: what was paid of them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max

from kernel.money import ZERO
from payouts.models import Charge, Line, Receipt
from payouts.selectors.statements import every_sale
from payouts.selectors.waiting import LIVE
from referrals.models import Joining
from referrals.selectors import joinings


def paid_registrations() -> list[tuple[Joining, date]]:
    """Return who joined and was not noted yet, with the day on which they paid their registration fee, or joined without one.

    Who left owes the fee still: what comes of it later counts as well.
    """
    waiting = list(joinings.not_noted().select_related("member", "case"))
    fees = list(Charge.objects.filter(kind=Charge.Kind.REGISTRATION, member__in=[one.member_id for one in waiting]))
    stands_on = dict(LIVE.filter(charge__in=fees).values_list("charge", "document"))
    stood = set(Line.objects.filter(charge__in=fees).values_list("charge", flat=True))
    paid = _paid_on(stands_on.values())
    found: list[tuple[Joining, date]] = []
    for one in waiting:
        own = [fee.pk for fee in fees if _is_of(fee, one, one.until)]
        owed = [pk for pk in own if pk in stands_on or pk not in stood]  # the others were taken back
        days = [paid[stands_on[pk]] for pk in owed if stands_on.get(pk) in paid]
        if len(days) == len(owed) and bool(owed) == bool(own):
            found.append((one, max(days, default=one.member.joined_on)))
    return found


def _is_of(fee: Charge, joining: Joining, until: datetime | None) -> bool:
    """Whether a fee is for this time that somebody joined, not for the next, and not what who earns by it charged them."""
    then = fee.raised_at >= joining.case.submitted_at and (until is None or fee.raised_at < until)
    return then and fee.member_id == joining.member_id and fee.raised_by_id != joining.case.introducer_id


def _paid_on(documents: Iterable[int]) -> dict[int, date]:
    """Return when sales invoices of which nothing is left to be paid were paid, by their ids."""
    whole = every_sale().filter(pk__in=list(documents), left__lte=ZERO)
    receipts = Receipt.objects.filter(document__in=whole.values("pk"), takes_back=None, taken_back_by=None)
    return dict(receipts.values_list("document").annotate(last=Max("on")))
