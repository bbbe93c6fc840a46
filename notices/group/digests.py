"""News of the group: what of it fits whom, when it is due, and what it tells each member."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Attendance, Meeting, Member, MemberProfile, Organisation, Thanks
from members.services.locking import lock_organisation
from notices.broadcasting import note
from notices.models import Broadcast, Preference
from referrals.models import Opportunity
from referrals.pipeline import OVER, Stage

LOOK, SEND = "digests", "digest"
"""The kinds of work of looking at night whether news are due, and of sending them in the morning."""
WEEKLY, MONTHLY = "digest_weekly", "digest_monthly"
KINDS = {WEEKLY: Preference.Digest.WEEKLY, MONTHLY: Preference.Digest.MONTHLY}
AT = time(7)
MEETINGS_WITHIN = timedelta(35)
MOST = 12
"""How many of each sort stand in a mail; the rest is on the page."""


def due_on(day: date) -> dict[str, date]:
    """Return the kinds of news that are due on a day, each with the first day that it tells of."""
    found = {}
    if day.weekday() == 0:
        found[WEEKLY] = day - timedelta(7)
    if day.day == 1:
        found[MONTHLY] = (day - timedelta(1)).replace(day=1)
    return found


def look(*, organisation: Organisation, at: datetime) -> None:
    """Note that news are due in the morning, in a network."""
    today = timezone.localdate(at)
    with tenant(organisation.pk):
        if organisation.is_network and due_on(today):
            work.add(organisation.pk, SEND, timezone.make_aware(datetime.combine(today, AT)))


def send(*, organisation: Organisation, at: datetime) -> None:
    """Have the news that are due today broadcast, once."""
    with tenant(organisation.pk):
        lock_organisation(organisation.pk)
        for kind, first in due_on(timezone.localdate(at)).items():
            if not Broadcast.objects.filter(kind=kind, about=first.toordinal()).exists():
                note(organisation_id=organisation.pk, kind=kind, about=first.toordinal(), at=at)


def wanting(members: Collection[Member], kind: Preference.Digest) -> list[Member]:
    """Return those of some members who want the news so often."""
    own = dict(Preference.objects.filter(member__in=members).values_list("member", "digest"))
    return [one for one in members if own.get(one.pk, Preference.Digest.WEEKLY) == kind]


def wanting_at_once(members: Collection[Member]) -> list[Member]:
    """Return those of some members who want to hear at once of what fits them."""
    digest = Preference.objects.filter(member__in=members, fitting=Preference.Fitting.DIGEST)
    later = set(digest.values_list("member", flat=True))
    return [one for one in members if one.pk not in later]


def disciplines_of(members: Collection[Member]) -> dict[int, frozenset[str]]:
    """Return what members do, in small letters, by their ids."""
    found = MemberProfile.objects.filter(member__in=members).values_list("member", "disciplines")
    return {member: frozenset(word.casefold() for word in words) for member, words in found}


def in_common(opportunity: Opportunity, does: frozenset[str]) -> list[str]:
    """Return the disciplines of an opportunity that somebody has."""
    return [word for word in opportunity.disciplines if word.casefold() in does]


@dataclass(frozen=True)
class News:
    """What happened in a time, and which meetings come: all that anybody may read."""

    opportunities: list[Opportunity]
    joined: list[Member]
    meetings: list[Meeting]
    thanks: list[Thanks]

    @classmethod
    def since(cls, first: date, at: datetime) -> Self:
        """Return the news from a day on; opportunities that wait for somebody, and that the whole network may see."""
        begins = timezone.make_aware(datetime.combine(first, time()))
        waiting: QuerySet[Opportunity] = Opportunity.objects.exclude(case__stage__in=[*OVER, Stage.WORKING])
        seen = waiting.exclude(visibility=Opportunity.Visibility.CHOSEN).filter(case__submitted_at__gte=begins)
        coming = Meeting.objects.filter(
            state=Meeting.State.PLANNED, starts_at__gt=at, starts_at__lt=at + MEETINGS_WITHIN
        )
        return cls(
            list(seen.select_related("case__introducer").order_by("-case__submitted_at")),
            list(Member.objects.filter(left_on=None, joined_on__gte=first).order_by("joined_on", "pk")),
            list(coming.order_by("starts_at")),
            list(Thanks.objects.filter(said_at__gte=begins).exclude(text="").select_related("by", "to").order_by("pk")),
        )

    def of(self, member: Member, does: frozenset[str], answered: Collection[int]) -> "News":
        """Return what of it is news to a member: not what they did themselves; what fits them first."""
        others = [one for one in self.opportunities if one.case.introducer_id != member.pk]
        return News(
            sorted(others, key=lambda one: not in_common(one, does))[:MOST],
            [one for one in self.joined if one.pk != member.pk][:MOST],
            [one for one in self.meetings if one.pk not in answered],
            [one for one in self.thanks if one.by_id != member.pk][:MOST],
        )

    def __bool__(self) -> bool:
        return bool(self.opportunities or self.joined or self.meetings or self.thanks)


def answered_by(members: Iterable[Member], meetings: Iterable[Meeting]) -> dict[int, set[int]]:
    """Return which of some meetings members answered to, by their ids."""
    found: dict[int, set[int]] = {}
    answers = Attendance.objects.filter(member__in=list(members), meeting__in=list(meetings))
    for member, meeting in answers.values_list("member", "meeting"):
        found.setdefault(member, set()).add(meeting)
    return found
