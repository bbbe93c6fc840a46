"""Which mails a member wants."""

from members.models import Member
from notices.models import Preference


def preference_of(member: Member) -> Preference:
    """Return what a member wants to be mailed; where they did not say, the defaults, which are not stored."""
    return Preference.objects.filter(member=member).first() or Preference(member=member)
