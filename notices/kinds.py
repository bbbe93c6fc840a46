"""The kinds of mails, and which of them people can switch off."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a mail is about."""

    ASKED = "asked"
    THANKS = "thanks"
    AGREED = "agreed"
    MOVED = "moved"
    ENDED = "ended"
    DUE = "due"
    APPROVED = "approved"
    PAID = "paid"
    INVOICED = "invoiced"
    PROMISE = "promise"
    CONTESTED = "contested"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCOUNT = "account"
    REDEEMED = "redeemed"
    MERGED = "merged"
    UNMERGED = "unmerged"
    INTERVIEW = "interview"
    ASSIGNMENT = "assignment"
    TERMS = "terms"
    OPPORTUNITY = "opportunity"
    INTEREST = "interest"
    LANDED = "landed"
    REMINDER = "reminder"
    POT = "pot"
    CLAIMED = "claimed"
    INVITED = "invited"
    ROLES = "roles"
    APPLICATION = "application"
    LATE = "late"
    LEFT = "left"
    MEETING = "meeting"
    MEETING_OFF = "meeting_off"
    FITTING = "fitting"
    DIGEST = "digest"
    THANKED = "thanked"


OF_NETWORKS = frozenset({Kind.OPPORTUNITY, Kind.INTEREST, Kind.REMINDER, Kind.MEETING, Kind.THANKED})
"""The kinds that only come in networks."""
OF_RECRUITMENT = frozenset({Kind.THANKS, Kind.AGREED, Kind.MOVED, Kind.ENDED})
"""The kinds that only come where people are recommended."""
OPTIONAL = {
    Kind.THANKS: _("Thanks for a recommendation"),
    Kind.AGREED: _("Someone I recommended agreed"),
    Kind.MOVED: _("Someone I recommended moved on"),
    Kind.ENDED: _("A recommendation ended, with the reason"),
    Kind.OPPORTUNITY: _("Opportunities that I am asked about, or was interested in"),
    Kind.INTEREST: _("Somebody is interested in what I share"),
    Kind.REMINDER: _("Reminders of opportunities and of turnover"),
    Kind.THANKED: _("Somebody thanks me"),
    Kind.MEETING: _("Meetings: planned, near, and what was said"),
}
"""Mails that a member can switch off; those about money always go, and that a meeting to which one comes is moved."""
CHOSEN = OPTIONAL | {Kind.FITTING: _("New opportunities that fit me"), Kind.DIGEST: _("News of the group")}
"""Mails that come as a member chose: each says where that is, and how they stop."""
