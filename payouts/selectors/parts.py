"""Who gets what of an entitlement, and what of it is still to be paid."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from kernel.money import CURRENCIES, ZERO, apportion
from payouts.models import Adjustment, Entitlement, Payable
from payouts.states import FROZEN, PayableState
from referrals.selectors.joined import introducers_of

Share = tuple[int, int]
"""An entitlement's id and a payee's."""


def payable_of(entitlement: Entitlement) -> Decimal | None:
    """Return how much of an entitlement can be paid: all of it; of what a performer owes, what was released."""
    return (entitlement.released or ZERO) if entitlement.owed_by == "performer" else entitlement.amount


def comes_by_and_by(entitlement: Entitlement, rest: Decimal) -> bool:
    """Whether there is more to pay of an entitlement because its performer paid more, and not because it changed."""
    return entitlement.owed_by == "performer" and rest * (entitlement.amount or ZERO) > 0


def parts(entitlements: Iterable[Entitlement]) -> dict[Share, Decimal]:
    """Return what each payee is to get of each entitlement now, of those that are due: joined cases share equally."""
    due = [one for one in entitlements if one.state == "due" and one.amount is not None]
    sharing = introducers_of(one.case_id for one in due if one.member_id is None)
    shares: dict[Share, Decimal] = {}
    for one in due:
        amount = payable_of(one)
        assert amount is not None
        if one.member_id:
            shares[one.pk, one.member_id] = amount
            continue
        members = sharing.get(one.case_id)
        if not members:
            continue  # joined with another case since: that one pays
        divided = apportion(amount, [Decimal(1)] * len(members), CURRENCIES.get(one.unit, 0))
        shares |= {(one.pk, member.pk): part for member, part in zip(members, divided, strict=True)}
    return shares


def to_pay(entitlements: Iterable[Entitlement]) -> dict[Share, Decimal]:
    """Return, by share, what is to be proposed: each whole part, and of what comes by and by, what is not on its way."""
    found = list(entitlements)
    by_and_by = [one for one in found if one.owed_by == "performer"]
    return parts(found) | (dict(pending(by_and_by)) if by_and_by else {})


def outstanding(entitlements: Iterable[Entitlement], counting: Iterable[PayableState]) -> dict[Share, Decimal]:
    """Return, by share, what is to be paid now beyond the payables in these states and what was waived."""
    entitlements = list(entitlements)
    left: dict[Share, Decimal] = defaultdict(Decimal, parts(entitlements))
    for payable in Payable.objects.filter(entitlement__in=entitlements, state__in=list(counting)):
        left[payable.entitlement_id, payable.member_id] -= payable.amount
    waived: dict[Share, Decimal] = defaultdict(Decimal)
    for adjustment in Adjustment.objects.filter(payable__entitlement__in=entitlements, waived=True).select_related(
        "payable"
    ):
        waived[adjustment.payable.entitlement_id, adjustment.payable.member_id] += adjustment.difference
    return defaultdict(Decimal, {share: amount - _absorbed(amount, waived[share]) for share, amount in left.items()})


def _absorbed(amount: Decimal, waived: Decimal) -> Decimal:
    """Return how much of what is left a waiver takes away: in its own direction only, and never more than is left."""
    return max(min(amount, ZERO), min(max(amount, ZERO), waived))


def proposed(entitlements: Iterable[int]) -> dict[int, Decimal]:
    """Return how much of each entitlement, by its id, was proposed and not sent back, corrections aside."""
    moving = Payable.objects.filter(entitlement__in=list(entitlements), adjustment=None)
    sums = moving.exclude(state=PayableState.SENT_BACK).order_by().values_list("entitlement")
    return defaultdict(Decimal, sums.annotate(sum=Sum("amount")))


def pending(entitlements: Iterable[Entitlement]) -> dict[Share, Decimal]:
    """Return, by share, what nobody has proposed yet."""
    return outstanding(entitlements, (*FROZEN, PayableState.PROPOSED))
