"""What came of what a member brought in: quality before quantity."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from members.models import Member
from referrals.models import Case, Fact

TALKS = ("talks_held", "interviewed")
WORK = ("won", "started")


class Quality(NamedTuple):
    """How many opportunities and recommendations a member brought in, how many led to talks, and to work."""

    shared: int
    talks: int
    work: int


def of_member(member: Member) -> Quality:
    """Return what came of a member's opportunities and recommendations: one query."""
    live = Fact.objects.filter(case=OuterRef("pk"), retractions=None)
    found = Case.objects.filter(introducer=member, kind__in=("opportunity", "referral")).annotate(
        led_to_talks=Exists(live.filter(kind__in=TALKS)), led_to_work=Exists(live.filter(kind__in=WORK))
    )
    counted = found.aggregate(
        shared=Count("pk"),
        talks=Count("pk", filter=Q(led_to_talks=True)),
        work=Count("pk", filter=Q(led_to_work=True)),
    )
    return Quality(**counted)
