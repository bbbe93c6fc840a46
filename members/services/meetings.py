"""Meetings: planned, changed, cancelled; who comes, who waits for a seat, who was there."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Attendance, Meeting, Member, Organisation
from members.selectors import meetings as selectors
from members.services import agenda
from members.services.locking import lock_meeting
from members.signals import (
    meeting_cancelled,
    meeting_moved,
    meeting_nears,
    meeting_noted,
    meeting_planned,
    meetings_missing,
    seat_given,
)

REMIND, MISSING = "meetings", "meetings_missing"
"""The kinds of work of reminding of meetings, and of looking whether there are any."""
NUDGED_BEFORE, REMINDED_BEFORE = timedelta(7), timedelta(1)
"""How long before it who did not answer is asked once more; and how long before it who comes is reminded."""
Answer = Attendance.Answer
State = Meeting.State
WHEN, WHERE = ("starts_at", "ends_at"), ("place", "link")


class NotYetError(Exception):
    """The meeting has not begun, or was cancelled: nobody was there yet."""


@transaction.atomic
def plan(*, fields: Mapping[str, Any], by: Member, at: datetime) -> Meeting:
    """Plan a meeting, with the fields of its model: every member is told of it."""
    reminders = _reminders(fields["starts_at"], at)
    made = Meeting.objects.create(**fields, **reminders, planned_by=by, planned_at=at, changed_at=at)
    _note_reminders(made)
    meeting_planned.send(Meeting, meeting=made, at=at)
    return made


@transaction.atomic
def change(*, meeting: Meeting, fields: Mapping[str, Any], at: datetime) -> None:
    """Change a meeting. All are told of another time, and who comes or waits of another place.

    With more seats the first who wait come; with fewer, nobody loses one. Of a meeting that runs, the place and the link
    can change. MeetingOverError.
    """
    standing = lock_meeting(meeting.pk, at, running=True)
    has_other_time = any(getattr(standing, name) != fields[name] for name in WHEN)
    has_moved = has_other_time or any(getattr(standing, name) != fields[name] for name in WHERE)
    later: dict[str, Any] = {"revision": standing.revision + 1, "was_at": None} if has_moved else {}
    if standing.starts_at != fields["starts_at"]:
        later |= _reminders(fields["starts_at"], at) | {"was_at": standing.starts_at}
    Meeting.objects.filter(pk=standing.pk).update(**fields, **later, changed_at=at)
    standing.refresh_from_db()
    _give_seats(standing, at)
    if has_moved:
        _note_reminders(standing)
        meeting_moved.send(Meeting, meeting=standing, has_other_time=has_other_time, at=at)


@transaction.atomic
def cancel(*, meeting: Meeting, because: str, at: datetime) -> None:
    """Cancel a meeting: all are told why but those who do not come. MeetingOverError."""
    standing = lock_meeting(meeting.pk, at)
    cancelled = {"state": State.CANCELLED, "because": because, "revision": standing.revision + 1}
    Meeting.objects.filter(pk=standing.pk).update(**cancelled, changed_at=at)
    meeting_cancelled.send(Meeting, meeting=standing, at=at)


@transaction.atomic
def answer(*, meeting: Meeting, member: Member, comes: bool, at: datetime) -> Answer:
    """Say whether one comes; who finds no seat waits for one. Who does not come gives up what they were to speak of.

    MeetingOverError.
    """
    standing = lock_meeting(meeting.pk, at)
    known = Attendance.objects.filter(meeting=standing, member=member).first()
    if comes and known and known.answer != Answer.NOT_COMING:
        return Answer(known.answer)
    said = (Answer.WAITING if _free_seats(standing) == 0 else Answer.COMING) if comes else Answer.NOT_COMING
    fields = {"answer": said, "answered_at": at}
    Attendance.objects.update_or_create(meeting=standing, member=member, defaults=fields)
    if not comes:
        agenda.free_slots(meeting=standing, member=member, at=at)
        _give_seats(standing, at)
    return said


@transaction.atomic
def record_attendance(*, meeting: Meeting, members: Collection[int], at: datetime) -> None:
    """Record who was there, by the ids of members, those included who had not answered. NotYetError."""
    _held(meeting, at)
    present = Member.objects.filter(pk__in=members)
    Attendance.objects.bulk_create(
        (Attendance(meeting=meeting, member=one, answer=Answer.COMING, answered_at=at) for one in present),
        ignore_conflicts=True,
    )
    of_meeting = Attendance.objects.filter(meeting=meeting)
    of_meeting.filter(member__in=present).update(was_there=True)
    of_meeting.exclude(member__in=present).update(was_there=False)


@transaction.atomic
def write_notes(*, meeting: Meeting, text: str, at: datetime) -> None:
    """Write down what was said; the first time, who came is told. NotYetError."""
    standing = _held(meeting, at)
    is_new = bool(text) and not standing.noted_at
    Meeting.objects.filter(pk=standing.pk).update(notes=text, noted_at=standing.noted_at or (at if text else None))
    if is_new:
        meeting_noted.send(Meeting, meeting=standing, at=at)


@transaction.atomic
def let_go(*, member: Member, at: datetime) -> None:
    """Have who leaves come to no meeting any more: their seats and what they were to speak of are others'."""
    for meeting in Meeting.objects.filter(starts_at__gt=at, attendances__member=member).order_by("pk"):
        standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        Attendance.objects.filter(meeting=standing, member=member).delete()
        agenda.free_slots(meeting=standing, member=member, at=at)
        if standing.state == State.PLANNED:
            _give_seats(standing, at)


def remind(*, organisation_id: int, at: datetime) -> None:
    """Have those asked once more who did not answer, and those reminded who come, each once for a meeting."""
    with tenant(organisation_id):
        coming = Meeting.objects.select_for_update(of=("self",)).filter(state=State.PLANNED, starts_at__gt=at)
        for one in coming.filter(starts_at__lte=at + NUDGED_BEFORE).order_by("pk"):
            if one.nudged_at is None:
                Meeting.objects.filter(pk=one.pk).update(nudged_at=at)
                meeting_nears.send(Meeting, meeting=one, is_answered=False, at=at)
            if one.reminded_at is None and one.starts_at <= at + REMINDED_BEFORE:
                Meeting.objects.filter(pk=one.pk).update(reminded_at=at)
                meeting_nears.send(Meeting, meeting=one, is_answered=True, at=at)


def look_for_missing(*, organisation: Organisation, at: datetime) -> None:
    """Have administrators told, once a quarter, that a network has no meeting in it, when a month of it is over."""
    with tenant(organisation.pk):
        today = timezone.localdate(at)
        if organisation.is_network and selectors.is_missing(today):
            first, _ = selectors.quarter_of(today)
            meetings_missing.send(Meeting, organisation=organisation, first=first, at=at)


def _held(meeting: Meeting, at: datetime) -> Meeting:
    """Return a meeting that has begun, locked."""
    standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if standing.state == State.CANCELLED or standing.starts_at > at:
        raise NotYetError
    return standing


def _reminders(starts_at: datetime, at: datetime) -> dict[str, datetime | None]:
    """Which reminders are as good as sent: what is planned, or moved, so late needs none of them."""
    return {
        "nudged_at": at if starts_at - NUDGED_BEFORE <= at else None,
        "reminded_at": at if starts_at - REMINDED_BEFORE <= at else None,
    }


def _note_reminders(meeting: Meeting) -> None:
    for before in (NUDGED_BEFORE, REMINDED_BEFORE):
        work.add(meeting.organisation_id, REMIND, meeting.starts_at - before)


def _free_seats(meeting: Meeting) -> int | None:
    """Return how many seats are free; None where there are as many as are wanted."""
    if not meeting.seats:
        return None
    taken = Attendance.objects.filter(meeting=meeting, answer=Answer.COMING).count()
    return max(meeting.seats - taken, 0)


def _give_seats(meeting: Meeting, at: datetime) -> None:
    """Give seats that are free to those who wait, in the order in which they answered, and have them told."""
    waiting = Attendance.objects.filter(meeting=meeting, answer=Answer.WAITING).order_by("answered_at", "pk")
    found = list(waiting.select_related("member__user")[: _free_seats(meeting)])
    Attendance.objects.filter(pk__in=[one.pk for one in found]).update(answer=Answer.COMING)
    for one in found:
        seat_given.send(Attendance, meeting=meeting, member=one.member, at=at)
