"""The agenda of a meeting: its points in their order, and the members who speak or present themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from members.models import AgendaItem, Attendance, Meeting, Member
from members.services.locking import lock_meeting
from members.signals import slot_freed, speaker_changed

MOST_ITEMS = 30
Kind = AgendaItem.Kind
FREE: dict[str, Any] = {"member": None, "said": ""}


class TooManyError(Exception):
    """An agenda has thirty points at most."""


class NotComingError(Exception):
    """Only who comes speaks, or presents themselves."""


class NotAvailableError(Exception):
    """Only who is available presents themselves."""


class HasOneError(Exception):
    """Who speaks once leaves other talks to others, and so with presenting oneself."""


class TakenError(Exception):
    """Somebody else took it, it is nobody's to take, or it is gone."""


@transaction.atomic
def add(*, meeting: Meeting, fields: Mapping[str, Any], by: Member, at: datetime) -> AgendaItem:
    """Add a point at the end, with the fields of its model. TooManyError, MeetingOverError."""
    lock_meeting(meeting.pk, at)  # two that are added are two, one after the other
    own = AgendaItem.objects.filter(meeting=meeting)
    if own.count() >= MOST_ITEMS:
        raise TooManyError
    last = own.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(meeting=meeting, position=last + 1, **fields)
    _tell(made, None, by, at)
    return made


@transaction.atomic
def change(*, item: AgendaItem, fields: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Change a point, and who speaks; who speaks now, or does not any more, is told. TakenError when it is gone."""
    standing = _locked(item, at)
    before = standing.member
    stays = before is not None and fields["member"] == before
    AgendaItem.objects.filter(pk=item.pk).update(**fields, said=standing.said if stays else "")
    standing.refresh_from_db()
    _tell(standing, before, by, at)


@transaction.atomic
def move_up(*, item: AgendaItem, at: datetime) -> None:
    """Have a point change places with the one before it. MeetingOverError."""
    lock_meeting(item.meeting_id, at)
    own = list(AgendaItem.objects.filter(meeting=item.meeting_id))
    place = next((place for place, one in enumerate(own) if one.pk == item.pk), 0)
    if place:
        own[place - 1], own[place] = own[place], own[place - 1]
    for position, one in enumerate(own, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(own, ["position"])


@transaction.atomic
def remove(*, item: AgendaItem, by: Member, at: datetime) -> None:
    """Take a point off the agenda; who was to speak is told. MeetingOverError, TakenError when it is gone."""
    standing = _locked(item, at)
    before, standing.member = standing.member, None
    _tell(standing, before, by, at)
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def take(*, item: AgendaItem, said: str, by: Member, is_available: bool, at: datetime) -> None:
    """Say that one speaks, and of what, or presents oneself; one of each at most.

    MeetingOverError, NotComingError, NotAvailableError, HasOneError, TakenError.
    """
    standing = _locked(item, at)
    coming = Attendance.objects.filter(meeting=item.meeting_id, member=by, answer=Attendance.Answer.COMING)
    if not coming.exists():
        raise NotComingError
    if standing.kind == Kind.PRESENTS and not is_available:
        raise NotAvailableError
    if not standing.is_free:
        raise TakenError
    if AgendaItem.objects.filter(meeting=item.meeting_id, member=by, kind=standing.kind).exists():
        raise HasOneError
    AgendaItem.objects.filter(pk=item.pk).update(member=by, said=said)


@transaction.atomic
def give_back(*, item: AgendaItem, by: Member, at: datetime) -> None:
    """Say that one does not speak after all, or does not present oneself. MeetingOverError, TakenError when it is gone."""
    _locked(item, at)
    AgendaItem.objects.filter(pk=item.pk, member=by).update(**FREE)


def free_slots(*, meeting: Meeting, member: Member, at: datetime) -> None:
    """Have what a member was to speak of be wanted again; what they said of it goes with them. Administrators hear of it,
    unless the meeting was cancelled."""
    own = AgendaItem.objects.filter(meeting=meeting, member=member)
    items = list(own.select_related("meeting"))
    own.update(**FREE)
    for item in items if meeting.state == Meeting.State.PLANNED else []:
        slot_freed.send(AgendaItem, item=item, member=member, at=at)


def _locked(item: AgendaItem, at: datetime) -> AgendaItem:
    """Return a point as it stands, with its meeting locked."""
    lock_meeting(item.meeting_id, at)
    standing = AgendaItem.objects.filter(pk=item.pk).select_related("meeting", "member__user").first()
    if not standing:
        raise TakenError
    return standing


def _tell(item: AgendaItem, before: Member | None, by: Member, at: datetime) -> None:
    """Have those told whom somebody else put on the agenda, or took off it."""
    for member, speaks in ((item.member, True), (before, False)):
        if member and item.member != before and member.pk != by.pk:
            speaker_changed.send(AgendaItem, item=item, member=member, speaks=speaks, at=at)
