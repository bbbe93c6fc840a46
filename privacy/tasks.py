"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from privacy.services import files, retaining

RETAIN = "privacy"


@work.handles(RETAIN, nightly=True)
def retain(organisation_id: int) -> bool:
    """Delete what an organisation kept long enough, and files that nothing names."""
    organisation, now = Organisation.objects.get(pk=organisation_id), timezone.now()
    retaining.delete_due(organisation=organisation, at=now)
    files.delete_orphans(organisation=organisation, at=now)
    return True
