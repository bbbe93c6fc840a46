"""Saved views of the board: a name for filters that a recruiter comes back to."""

from members.models import Member
from referrals.models import SavedFilter


def save(*, member: Member, name: str, query: str) -> SavedFilter:
    """Keep filters under a name; the same name again replaces them."""
    return SavedFilter.objects.update_or_create(member=member, name=name, defaults={"query": query})[0]


def forget(*, saved: SavedFilter) -> None:
    """Forget a saved view."""
    saved.delete()
