"""Meetings as calendar programs read them: iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from members.models import Meeting, Organisation

READ_AGAIN = timedelta(hours=6)
"""How often programs are asked to read a feed again."""
STATUS = {Meeting.State.PLANNED: "CONFIRMED", Meeting.State.CANCELLED: "CANCELLED"}


def calendar(organisation: Organisation, meetings: Iterable[Meeting]) -> bytes:
    """Return meetings as a calendar file."""
    made = Calendar()
    made.add("prodid", "-//Voorspraak//Meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", organisation.name)
    made.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    for one in meetings:
        made.add_component(_event(organisation, one))
    return bytes(made.to_ical())


def _event(organisation: Organisation, meeting: Meeting) -> Event:
    page = settings.SITE_URL + reverse("meeting_detail", args=[organisation.slug, meeting.pk])
    event = Event()
    event.add("uid", f"meeting-{organisation.pk}-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("location", meeting.place or meeting.link)
    event.add("description", "\n\n".join(filter(None, (meeting.about, meeting.link, page))))
    event.add("url", page)
    event.add("status", STATUS[Meeting.State(meeting.state)])
    return event
