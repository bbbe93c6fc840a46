"""People, organisations, who belongs where, and what members say of themselves."""

from members.models.applications import Application
from members.models.meetings import AgendaItem, Attendance, CalendarFeed, Meeting
from members.models.membership import MembershipTerms
from members.models.organisations import (
    COUNTRIES,
    KEPT,
    LANGUAGES,
    ApiCall,
    ApiKey,
    Invitation,
    Member,
    Membership,
    Organisation,
    Team,
    User,
    UserManager,
    all_languages,
)
from members.models.profiles import SPOKEN, MemberProfile
from members.models.thanks import Thanks

__all__ = [
    "COUNTRIES",
    "KEPT",
    "LANGUAGES",
    "SPOKEN",
    "AgendaItem",
    "ApiCall",
    "ApiKey",
    "Application",
    "Attendance",
    "CalendarFeed",
    "Invitation",
    "Meeting",
    "Member",
    "MemberProfile",
    "Membership",
    "MembershipTerms",
    "Organisation",
    "Team",
    "Thanks",
    "User",
    "UserManager",
    "all_languages",
]
