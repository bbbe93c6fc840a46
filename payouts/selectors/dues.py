"""Registration fees and dues: what was paid of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from kernel.money import ZERO
from payouts.models import Charge, Receipt
from payouts.selectors.statements import every_sale
from payouts.selectors.waiting import LIVE
from referrals.models import Joining


def paid_registrations() -> list[tuple[Joining, date]]:
    """Return who joined and was not noted yet, with the day on which they paid their registration fee, or joined without one."""
    waiting = list(Joining.objects.filter(case__is_over=False).select_related("member", "case").order_by("pk"))
    fees = Charge.objects.filter(kind=Charge.Kind.REGISTRATION, member__in=[one.member_id for one in waiting])
    charged = set(fees.values_list("member", flat=True))
    stands_on = dict(LIVE.filter(charge__in=fees).order_by("pk").values_list("charge__member", "document"))
    paid = _paid_on(stands_on.values())
    found = []
    for one in waiting:
        if one.member_id not in charged:
            found.append((one, one.member.joined_on))
        elif stands_on.get(one.member_id) in paid:
            found.append((one, paid[stands_on[one.member_id]]))
    return found


def _paid_on(documents: Iterable[int]) -> dict[int, date]:
    """Return when sales invoices of which nothing is left to be paid were paid, by their ids."""
    whole = every_sale().filter(pk__in=list(documents), left__lte=ZERO)
    receipts = Receipt.objects.filter(document__in=whole.values("pk"), takes_back=None, taken_back_by=None)
    return dict(receipts.values_list("document").annotate(last=Max("on")))
