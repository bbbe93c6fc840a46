"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from referrals.services import opportunities, retaining


@work.handles(retaining.RETAIN, nightly=True)
def retain(organisation_id: int) -> bool:
    """Delete what an organisation kept long enough."""
    retaining.delete_due(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True


@work.handles(opportunities.SILENCE, nightly=True)
def look_for_silence(organisation_id: int) -> bool:
    """Remind of opportunities with which nothing happens, and close them."""
    opportunities.look_for_silence(organisation_id=organisation_id, at=timezone.now())
    return True
