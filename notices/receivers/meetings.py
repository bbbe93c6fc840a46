"""What happens to meetings becomes mails."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from members.models import AgendaItem, Meeting, Member, Organisation
from members.roles import Role
from members.selectors.meetings import quarter_of
from members.selectors.people import in_role
from members.signals import (
    meeting_cancelled,
    meeting_moved,
    meeting_nears,
    meeting_noted,
    meeting_planned,
    meetings_missing,
    seat_given,
    slot_freed,
    speaker_changed,
)
from notices import broadcasting, broadcasts, services
from notices.writing import meetings as writing


@receiver(meeting_planned)
def tell_everybody(sender: Any, meeting: Meeting, at: datetime, **_: Any) -> None:
    """Have every member told of a meeting."""
    _broadcast(broadcasts.MEETING_PLANNED, meeting, at)


@receiver(meeting_moved)
def tell_that_it_moved(sender: Any, meeting: Meeting, has_other_time: bool, at: datetime, **_: Any) -> None:
    """Have all told of another time, since it may suit others now; and who comes, of another place."""
    _broadcast(broadcasts.MEETING_MOVED if has_other_time else broadcasts.MEETING_PLACE, meeting, at)


@receiver(meeting_cancelled)
def tell_who_comes_that_it_is_off(sender: Any, meeting: Meeting, at: datetime, **_: Any) -> None:
    """Have who comes told that it does not take place."""
    _broadcast(broadcasts.MEETING_CANCELLED, meeting, at)


@receiver(meeting_nears)
def remind(sender: Any, meeting: Meeting, is_answered: bool, at: datetime, **_: Any) -> None:
    """Have who comes reminded, or who did not answer asked once more."""
    _broadcast(broadcasts.MEETING_SOON if is_answered else broadcasts.MEETING_NUDGE, meeting, at)


@receiver(meeting_noted)
def tell_who_came(sender: Any, meeting: Meeting, at: datetime, **_: Any) -> None:
    """Have who came told that the notes are there."""
    _broadcast(broadcasts.MEETING_NOTED, meeting, at)


@receiver(seat_given)
def tell_who_waited(sender: Any, meeting: Meeting, member: Member, at: datetime, **_: Any) -> None:
    """Tell a member that a seat is theirs."""
    organisation = meeting.organisation
    letter = partial(writing.seat, meeting, broadcasts.page_of_meeting(organisation, meeting))
    about = f"seat:{meeting.pk}:{member.pk}:{at.timestamp()}"
    services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


@receiver(speaker_changed)
def tell_who_speaks(sender: Any, item: AgendaItem, member: Member, speaks: bool, at: datetime, **_: Any) -> None:
    """Tell a member that another put them on the agenda, or took them off it."""
    organisation = item.organisation
    write = writing.speaks if speaks else writing.speaks_no_more
    letter = partial(write, item, broadcasts.page_of_meeting(organisation, item.meeting))
    about = f"speaks:{item.pk}:{member.pk}:{speaks:d}:{at.timestamp()}"
    services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


@receiver(slot_freed)
def tell_that_a_slot_is_free(sender: Any, item: AgendaItem, member: Member, at: datetime, **_: Any) -> None:
    """Tell administrators that somebody who was to speak does not come."""
    organisation = item.organisation
    letter = partial(writing.given_up, item, member, broadcasts.page_of_meeting(organisation, item.meeting))
    for one in in_role(Role.ADMINISTRATOR).exclude(pk=member.pk):
        about = f"slot-free:{item.pk}:{one.pk}:{at.timestamp()}"
        services.write_to_member(organisation=organisation, member=one, about=about, letter=letter, at=at)


@receiver(meetings_missing)
def tell_administrators(sender: Any, organisation: Organisation, first: date, at: datetime, **_: Any) -> None:
    """Tell administrators, once a quarter, that no meeting is planned in it."""
    letter = partial(
        writing.missing, quarter_of(first)[1] - timedelta(1), reverse("meeting_new", args=[organisation.slug])
    )
    for member in in_role(Role.ADMINISTRATOR):
        about = f"no-meeting:{first}:{member.pk}"
        services.write_to_member(organisation=organisation, member=member, about=about, letter=letter, at=at)


def _broadcast(kind: str, meeting: Meeting, at: datetime) -> None:
    broadcasting.note(organisation_id=meeting.organisation_id, kind=kind, about=meeting.pk, at=at)
