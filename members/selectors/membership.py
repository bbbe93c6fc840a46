"""What membership costs, and who pays it."""

from datetime import date

from django.db.models import Q, QuerySet

from members.models import Member, MembershipTerms


def membership_terms() -> MembershipTerms:
    """Return what membership costs; where nobody said, it costs nothing, and is not stored."""
    return MembershipTerms.objects.first() or MembershipTerms()


def paying(first: date) -> QuerySet[Member]:
    """Return the members who are there and pay the dues of a period that begins on a day, with their accounts."""
    begun = Q(pays_dues_from=None) | Q(pays_dues_from__lte=first)
    found = Member.objects.filter(begun, left_on=None, pays_dues=True, joined_on__lte=first)
    return found.select_related("user").order_by("pk")
