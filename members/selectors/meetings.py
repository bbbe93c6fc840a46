"""Meetings as members see them: to come and past, who comes, when what is on, and what a calendar program reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kernel.periods import Period
from members.models import AgendaItem, Attendance, Meeting, Member
from members.selectors.directory import SOON, profile_of

Answer = Attendance.Answer
MISSED_AFTER = timedelta(30)
IN_CALENDAR = timedelta(400)
"""For how long meetings that are over stay in calendars."""


def meetings() -> QuerySet[Meeting]:
    """Every meeting, with how many come and how many wait."""
    coming, waiting = Q(attendances__answer=Answer.COMING), Q(attendances__answer=Answer.WAITING)
    found = Meeting.objects.select_related("planned_by")
    return found.annotate(
        coming=Count("attendances", filter=coming), waiting=Count("attendances", filter=waiting)
    ).order_by("starts_at", "pk")


def to_come(at: datetime) -> QuerySet[Meeting]:
    """Meetings that did not end yet, the first first; those that were cancelled among them until their day."""
    return meetings().filter(ends_at__gt=at)


def past(at: datetime) -> QuerySet[Meeting]:
    """Meetings that are over, the last first."""
    return meetings().filter(ends_at__lte=at, state=Meeting.State.PLANNED).order_by("-starts_at", "-pk")


@dataclass(frozen=True)
class Answered:
    """A meeting, and what a member answered."""

    meeting: Meeting
    own: Attendance | None


def answered(member: Member, found: Iterable[Meeting]) -> list[Answered]:
    """Return meetings with a member's own answer: one query."""
    them = list(found)
    own = {one.meeting_id: one for one in Attendance.objects.filter(meeting__in=them, member=member)}
    return [Answered(one, own.get(one.pk)) for one in them]


@dataclass(frozen=True)
class Timed:
    """A point of the agenda, and when it begins."""

    item: AgendaItem
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.item.minutes)


def agenda_of(meeting: Meeting) -> list[Timed]:
    """Return the points of an agenda, each with when it begins."""
    found, begins = [], meeting.starts_at
    for item in AgendaItem.objects.filter(meeting=meeting).select_related("member"):
        found.append(Timed(item, begins))
        begins = found[-1].ends_at
    return found


def overrun(meeting: Meeting, agenda: Sequence[Timed]) -> datetime | None:
    """Return when an agenda ends that is longer than its meeting."""
    last = agenda[-1].ends_at if agenda else meeting.ends_at
    return last if last > meeting.ends_at else None


def spoken_by(meeting: Meeting, member: Member) -> list[AgendaItem]:
    """Return the points of an agenda of which a member speaks, or with which they present themselves."""
    return list(AgendaItem.objects.filter(meeting=meeting, member=member))


def attendances(meeting: Meeting) -> list[Attendance]:
    """Return who answered, in the order in which they did; those who erased themselves have no name any more."""
    return list(Attendance.objects.filter(meeting=meeting).select_related("member").order_by("answered_at", "pk"))


def is_available(member: Member, today: date) -> bool:
    """Whether a member is available now or soon, as their profile says."""
    profile = profile_of(member)
    return bool(profile and profile.available_from and profile.available_from <= today + SOON)


def in_calendar(at: datetime) -> list[Meeting]:
    """Return what a calendar program shows: meetings to come, and those of the last year; cancelled ones say so."""
    return list(Meeting.objects.filter(starts_at__gt=at - IN_CALENDAR).order_by("starts_at", "pk"))


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first days of the quarter of a day, and of the next one."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, Period(3, 0).after(first)


def is_missing(today: date) -> bool:
    """Whether no meeting is planned, or was held, in the quarter that runs, a month after it or the organisation began."""
    first, until = quarter_of(today)
    founded = Member.objects.order_by("joined_on").values_list("joined_on", flat=True).first() or today
    if today < max(first, founded) + MISSED_AFTER:
        return False
    begins, ends = (timezone.make_aware(datetime.combine(day, time())) for day in (first, until))
    return not Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gte=begins, starts_at__lt=ends).exists()
