"""Points that members saved: what they have, what they can redeem them for, and who decides."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from kernel.money import ZERO
from members.models import Member
from payouts.ledger import Account as Kind
from payouts.models import Account, CatalogueItem, Entitlement, Posting, Redemption
from payouts.models.catalogue import POINT
from payouts.selectors.parts import Share


def balance_of(member: Member, unit: str = POINT) -> Decimal:
    """Return what a member has saved and not redeemed; negative when what was redeemed turned out not to be earned."""
    found = Account.objects.filter(kind=Kind.POINTS, member=member, currency=unit)
    return -(found.values_list("balance", flat=True).first() or ZERO)


def movements_of(member: Member, unit: str = POINT) -> QuerySet[Posting]:
    """What moved a member's balance, the newest first; what they got is negative, as it is owed to them."""
    found = Posting.objects.filter(account__kind=Kind.POINTS, account__member=member, account__currency=unit)
    related = found.select_related("entry__entitlement__version__programme", "entry__redemption__item")
    return related.order_by("-entry__on", "-pk")


def credited(entitlements: Iterable[Entitlement]) -> dict[Share, Decimal]:
    """Return what was credited to each member for each entitlement, all in all."""
    found = Posting.objects.filter(entry__entitlement__in=list(entitlements), account__kind=Kind.POINTS)
    sums = found.values_list("entry__entitlement", "account__member").annotate(points=Sum("amount"))
    return {(entitlement, member): -points for entitlement, member, points in sums}


def offered() -> QuerySet[CatalogueItem]:
    """What members can choose from, the cheapest first."""
    return CatalogueItem.objects.filter(is_offered=True).order_by("points", "name")


def catalogue() -> QuerySet[CatalogueItem]:
    """All of the catalogue, what is offered first."""
    return CatalogueItem.objects.select_related("approver").order_by("-is_offered", "points", "name")


def redemptions() -> QuerySet[Redemption]:
    """Every redemption, the newest first."""
    return Redemption.objects.select_related("item", "member__user", "decided_by").order_by("-asked_at", "-pk")


def decidable(member: Member) -> QuerySet[Redemption]:
    """Return the redemptions that a member decides on, or would have; never their own.

    Finance decides where nobody is named, and where who is named asks for themselves, or is gone.
    """
    found = Q(item__approver=member)
    if member.is_finance:
        found |= Q(item__approver=None) | Q(item__approver=F("member")) | Q(item__approver__left_on__isnull=False)
    return redemptions().filter(found).exclude(member=member)
