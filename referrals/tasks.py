"""What the worker does for cases and people."""

from celery import shared_task
from django.utils import timezone

from kernel import work
from members.models import Organisation
from referrals.services import retaining


@shared_task
def note_retention() -> None:
    """Note, once a night, that every organisation looks at what it kept long enough."""
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        work.add(organisation_id, retaining.RETAIN)


@work.handles(retaining.RETAIN)
def retain(organisation_id: int) -> bool:
    """Delete what an organisation kept long enough."""
    retaining.delete_due(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True
