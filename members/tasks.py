"""What the worker does for members."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from members.services import meetings, people


@work.handles(people.LEAVE)
def leave(organisation_id: int) -> bool:
    """Let those go whose last day is over."""
    people.leave_due(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True


@work.handles(meetings.REMIND)
def remind_of_meetings(organisation_id: int) -> bool:
    """Remind of meetings that are near."""
    meetings.remind(organisation_id=organisation_id, at=timezone.now())
    return True


@work.handles(meetings.MISSING, nightly=True)
def look_for_missing_meetings(organisation_id: int) -> bool:
    """See whether a meeting is planned in this quarter."""
    organisation = Organisation.objects.get(pk=organisation_id)
    meetings.look_for_missing(organisation=organisation, at=timezone.now())
    return True
