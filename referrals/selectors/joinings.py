"""Members who were brought in, and whose registration fee brings coins to who did."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from referrals.models import Fact, Joining

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Until(TypedDict):
        """When the same person began to join once more, if they did."""

        until: datetime | None

    NotNoted = WithAnnotations[Joining, Until]


def not_noted() -> "QuerySet[NotNoted]":
    """Joinings that brought no coins yet, the oldest first, with `until`."""
    noted = Fact.objects.filter(case=OuterRef("case"), kind="member_joined", retractions=None)
    same = Joining.objects.filter(member=OuterRef("member"), case__submitted_at__gt=OuterRef("case__submitted_at"))
    again = same.order_by("case__submitted_at").values("case__submitted_at")[:1]
    return Joining.objects.filter(~Exists(noted)).annotate(until=Subquery(again)).order_by("pk")
