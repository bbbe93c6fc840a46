"""What people may do in an organisation. Everyone in it is a member; roles add to that."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """A right to work on other people's cases, on money, or on the rules."""

    RECRUITER = "recruiter"
    FINANCE = "finance"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.RECRUITER: _("Recruiter"),
    Role.FINANCE: _("Finance"),
    Role.ADMINISTRATOR: _("Administrator"),
}
NEEDS_SECOND_FACTOR = frozenset({Role.FINANCE, Role.ADMINISTRATOR})
"""Roles whose people must sign in with a second factor, unless the organisation decides otherwise."""
