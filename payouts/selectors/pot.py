"""The pot: what was set aside for it, and for which year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from payouts.ledger import Account as Kind
from payouts.models import Posting


def first_open_day() -> date:
    """Return the first day of the year whose pot is not closed; what comes later counts from then on."""
    return date.min


def set_aside(entitlements: Iterable[int]) -> dict[int, Decimal]:
    """Return what of each entitlement, by their ids, is in the pot."""
    found = Posting.objects.filter(entry__entitlement__in=list(entitlements), account__kind=Kind.POT)
    sums = found.values_list("entry__entitlement").annotate(sum=Sum("amount"))
    return {entitlement: -amount for entitlement, amount in sums}
