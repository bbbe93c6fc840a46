"""What happens in the group, the newest first: shared, landed, joined, planned, noted, thanked, divided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from members.models import Meeting, Member, Thanks
from payouts.models import Pot
from referrals.models import Fact, Opportunity, Placement
from referrals.selectors.opportunities import SEEN_FROM, visible_to


class What(StrEnum):
    """What happened."""

    SHARED = "shared"
    LANDED = "landed"
    JOINED = "joined"
    PLANNED = "planned"
    NOTED = "noted"
    THANKED = "thanked"
    DIVIDED = "divided"


OBJECTS: dict[What, QuerySet[Any]] = {
    What.SHARED: Opportunity.objects.select_related("case__introducer"),
    What.LANDED: Opportunity.objects.select_related("case__introducer").prefetch_related(
        "case__placements__performer",
        Prefetch("case__facts", Fact.objects.filter(kind="won", retractions=None), "won"),
    ),
    What.JOINED: Member.objects.prefetch_related("profiles"),
    What.PLANNED: Meeting.objects.all(),
    What.NOTED: Meeting.objects.all(),
    What.THANKED: Thanks.objects.select_related("by", "to"),
    What.DIVIDED: Pot.objects.all(),
}


@dataclass(frozen=True)
class Happened:
    """Something that happened, and the row that says more of it."""

    what: What
    at: datetime
    about: Any

    @property
    def performers(self) -> list[Member]:
        """Who landed it."""
        return [one.performer for one in self._landed if one.performer]

    @property
    def is_another(self) -> bool:
        """Whether what they landed is another assignment than the one that was shared; which, stands with its page alone."""
        return any(one.title != self.about.title for one in self._landed)

    @property
    def _landed(self) -> list[Placement]:
        won = {fact.placement for fact in self.about.case.won}
        return [one for one in self.about.case.placements.all() if one.key in won]


def rows(reader: Member, at: datetime, most: int) -> QuerySet[Any, dict[str, Any]]:
    """Return what a member may know of, so many, the newest first: rows of what, when, and the id of which.

    That a meeting is planned is news until it begins.
    """
    to_come = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gt=at)
    seen = visible_to(reader).order_by()
    won = Fact.objects.filter(case=OuterRef("case"), kind="won", retractions=None).order_by("pk")
    landed = seen.annotate(landed_at=Subquery(won.values("recorded_at")[:1])).exclude(landed_at=None)
    first, *others = (
        one.order_by("-at", "-row")[:most]
        for one in (
            _of(seen, What.SHARED, SEEN_FROM),
            _of(landed, What.LANDED, F("landed_at")),
            _of(Member.objects.filter(left_on=None), What.JOINED, Cast("joined_on", DateTimeField())),
            _of(to_come, What.PLANNED, F("planned_at")),
            _of(Meeting.objects.exclude(noted_at=None), What.NOTED, F("noted_at")),
            _of(Thanks.objects.exclude(text=""), What.THANKED, F("said_at")),
            _of(Pot.objects.filter(state=Pot.State.CLOSED), What.DIVIDED, F("closed_at")),
        )
    )
    found: QuerySet[Any, dict[str, Any]] = first.union(*others, all=True).order_by("-at", "happened", "-row")
    return found[:most]


def filled(found: Iterable[dict[str, Any]]) -> list[Happened]:
    """Return what happened with the rows that say more of it: one query for each kind."""
    them = list(found)
    objects = {
        what: OBJECTS[what].in_bulk([one["row"] for one in them if one["happened"] == what])
        for what in {What(one["happened"]) for one in them}
    }
    told = [(What(one["happened"]), one["at"], one["row"]) for one in them]
    return [Happened(what, at, objects[what][row]) for what, at, row in told if row in objects[what]]


def _of(found: QuerySet[Any], what: What, at: Any) -> Any:
    said = Value(what, CharField())
    return found.annotate(happened=said, at=at, row=Cast("pk", BigIntegerField())).values("happened", "at", "row")
