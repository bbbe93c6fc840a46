"""The agenda of a meeting: its points in their order, and the members who speak or present themselves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from members.models import AgendaItem, Attendance, Meeting, Member

MOST_ITEMS = 30
Kind = AgendaItem.Kind


class TooManyError(Exception):
    """An agenda has thirty points at most."""


class NotComingError(Exception):
    """Only who comes speaks, or presents themselves."""


class NotAvailableError(Exception):
    """Only who is available presents themselves."""


class TakenError(Exception):
    """Somebody else took it, it is nobody's to take, or it is gone."""


@transaction.atomic
def add(*, meeting: Meeting, fields: Mapping[str, Any]) -> AgendaItem:
    """Add a point at the end, with the fields of its model. TooManyError."""
    Meeting.objects.select_for_update(of=("self",)).get(
        pk=meeting.pk
    )  # two that are added are two, one after the other
    own = AgendaItem.objects.filter(meeting=meeting)
    if own.count() >= MOST_ITEMS:
        raise TooManyError
    last = own.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, position=last + 1, **fields)


@transaction.atomic
def move_up(*, item: AgendaItem) -> None:
    """Have a point change places with the one before it."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    own = list(AgendaItem.objects.filter(meeting=item.meeting_id))
    place = next((place for place, one in enumerate(own) if one.pk == item.pk), 0)
    if place:
        own[place - 1], own[place] = own[place], own[place - 1]
    for position, one in enumerate(own, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(own, ["position"])


def remove(*, item: AgendaItem) -> None:
    """Take a point off the agenda."""
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def take(*, item: AgendaItem, title: str, by: Member, is_available: bool) -> None:
    """Say that one speaks, and of what, or presents oneself. NotComingError, NotAvailableError, TakenError."""
    coming = Attendance.objects.filter(meeting=item.meeting_id, member=by, answer=Attendance.Answer.COMING)
    if not coming.exists():
        raise NotComingError
    if item.kind == Kind.PRESENTS and not is_available:
        raise NotAvailableError
    free = AgendaItem.objects.filter(pk=item.pk, member=None).exclude(kind=Kind.ITEM)
    if not free.update(member=by, title=title or item.title):
        raise TakenError


@transaction.atomic
def give_back(*, item: AgendaItem, by: Member) -> None:
    """Say that one does not speak after all, or does not present oneself."""
    AgendaItem.objects.filter(pk=item.pk, member=by).update(member=None)


def free_slots(*, meeting: Meeting, member: Member) -> None:
    """Have what a member was to speak of be wanted again."""
    AgendaItem.objects.filter(meeting=meeting, member=member).update(member=None)
