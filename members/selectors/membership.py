"""What membership costs, and who pays it."""

from django.db.models import QuerySet

from members.models import Member, MembershipTerms


def membership_terms() -> MembershipTerms:
    """Return what membership costs; where nobody said, it costs nothing, and is not stored."""
    return MembershipTerms.objects.first() or MembershipTerms()


def paying() -> QuerySet[Member]:
    """Return the members who are there and pay dues, with their accounts."""
    return Member.objects.filter(left_on=None, pays_dues=True).select_related("user").order_by("pk")
