"""Which mails a member wants."""

from members.models import Member
from notices.models import Preference


def muted(member: Member) -> list[str]:
    """Return the kinds of mails that a member switched off."""
    found = Preference.objects.filter(member=member).values_list("muted", flat=True).first()
    return list(found or [])
