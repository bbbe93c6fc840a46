"""What the worker does for members."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from members.services import people


@work.handles(people.LEAVE)
def leave(organisation_id: int) -> bool:
    """Let those go whose last day is over."""
    people.leave_due(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True
