"""One after the other in one organisation, and at one meeting."""

from datetime import datetime

from members.models import Meeting, Organisation


def lock_organisation(organisation_id: int) -> None:
    """Keep others who do the same from going on until the transaction ends: imports, divisions, what is left of invoices.

    It is taken before cases, and those before accounts, so that nobody waits in a circle. Rows can be added meanwhile.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


class MeetingOverError(Exception):
    """The meeting was cancelled, or is over."""


def lock_meeting(meeting_id: int, at: datetime, *, running: bool = False) -> Meeting:
    """Return a meeting that is to come, or may be `running`, locked: whoever changes it, or comes, does so one by one.

    Taken before any member's row. MeetingOverError.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    until = meeting.ends_at if running else meeting.starts_at
    if meeting.state == Meeting.State.CANCELLED or until <= at:
        raise MeetingOverError
    return meeting
