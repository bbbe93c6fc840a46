"""News of the group: what of it fits whom, when it is due, and what it tells each member."""

from collections.abc import Collection
from dataclasses import dataclass, field
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
from referrals.models import Interest, Opportunity
from referrals.pipeline import LANDED_OR_OVER
from referrals.selectors.opportunities import SEEN_FROM

LOOK, SEND = "digests", "digest"
"""The kinds of work of looking at night whether news are due, and of sending them in the morning."""
WEEKLY, MONTHLY = "digest_weekly", "digest_monthly"
KINDS = {WEEKLY: Preference.Digest.WEEKLY, MONTHLY: Preference.Digest.MONTHLY}
AT = time(7)
MEETINGS_WITHIN = timedelta(35)
LATE_BY, LONGEST = timedelta(2), timedelta(40)
"""How late news may be told, and of how many days at most."""


def last_due(day: date) -> dict[str, date]:
    """Return on which day each kind of news was due last: on Mondays, and on the first of each month."""
    return {WEEKLY: day - timedelta(day.weekday()), MONTHLY: day.replace(day=1)}


def first_of(kind: str, due: date) -> date:
    """Return the first day that news tell of: that on which the last ones were due, or a week or month before."""
    usual = due - timedelta(7) if kind == WEEKLY else (due - timedelta(1)).replace(day=1)
    before = Broadcast.objects.filter(kind=kind, about__lt=due.toordinal()).order_by("-about").first()
    return max(date.fromordinal(before.about), due - LONGEST) if before else usual


def _waiting(today: date) -> dict[str, date]:
    """Return the news that are due and were not told yet; what was missed for days is told with the next ones."""
    due = {kind: day for kind, day in last_due(today).items() if today - day <= LATE_BY}
    told = Broadcast.objects.filter(kind__in=due, about__in=[day.toordinal() for day in due.values()])
    known = set(told.values_list("kind", "about"))
    return {kind: day for kind, day in due.items() if (kind, day.toordinal()) not in known}


def look(*, organisation: Organisation, at: datetime) -> None:
    """Note that news are due in the morning, in a network."""
    today = timezone.localdate(at)
    with tenant(organisation.pk):
        if organisation.is_network and _waiting(today):
            work.add(organisation.pk, SEND, timezone.make_aware(datetime.combine(today, AT)))


def send(*, organisation: Organisation, at: datetime) -> None:
    """Have the news that are due broadcast, once."""
    with tenant(organisation.pk):
        lock_organisation(organisation.pk)
        for kind, due in _waiting(timezone.localdate(at)).items():
            note(organisation_id=organisation.pk, kind=kind, about=due.toordinal(), at=at)


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
    def between(cls, first: date, until: date, at: datetime) -> Self:
        """Return the news from a day on and before another; opportunities that wait, and that the whole network may see."""
        begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (first, until))
        waiting: QuerySet[Opportunity] = Opportunity.objects.exclude(case__stage__in=LANDED_OR_OVER)
        seen = waiting.exclude(visibility=Opportunity.Visibility.CHOSEN)
        shared = seen.annotate(seen_from=SEEN_FROM).filter(seen_from__gte=begins, seen_from__lt=ends)
        joined = Member.objects.filter(left_on=None, joined_on__gte=first, joined_on__lt=until)
        coming = Meeting.objects.filter(
            state=Meeting.State.PLANNED, starts_at__gt=at, starts_at__lt=at + MEETINGS_WITHIN
        )
        thanks = Thanks.objects.filter(said_at__gte=begins, said_at__lt=ends).exclude(text="")
        return cls(
            list(shared.select_related("case__introducer").order_by("-seen_from", "-pk")),
            list(joined.order_by("-joined_on", "-pk")),
            list(coming.order_by("starts_at", "pk")),
            list(thanks.select_related("by", "to").order_by("-said_at", "-pk")),
        )

    def of(self, member: Member, does: frozenset[str], answered: "Answered") -> "News":
        """Return what of it is news to a member: not what they did or answered themselves; what fits them first."""
        others = [
            one
            for one in self.opportunities
            if one.pk not in answered.opportunities
            and (one.case.introducer_id != member.pk or one.case.for_organisation)
        ]
        return News(
            sorted(others, key=lambda one: not in_common(one, does)),
            [one for one in self.joined if one.pk != member.pk],
            [one for one in self.meetings if one.pk not in answered.meetings],
            [one for one in self.thanks if one.by_id != member.pk],
        )

    def __bool__(self) -> bool:
        return bool(self.opportunities or self.joined or self.meetings or self.thanks)


@dataclass
class Answered:
    """The opportunities and meetings to which a member answered, by their ids."""

    opportunities: set[int] = field(default_factory=set)
    meetings: set[int] = field(default_factory=set)


def answered_by(members: Collection[Member], news: News) -> dict[int, Answered]:
    """Return to what of the news members answered, by their ids."""
    found = {one.pk: Answered() for one in members}
    interests = Interest.objects.filter(member__in=members, opportunity__in=news.opportunities)
    for member, opportunity in interests.values_list("member", "opportunity"):
        found[member].opportunities.add(opportunity)
    answers = Attendance.objects.filter(member__in=members, meeting__in=news.meetings)
    for member, meeting in answers.values_list("member", "meeting"):
        found[member].meetings.add(meeting)
    return found
