"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from payouts.services import assessing


@work.handles(assessing.ASSESS)
def assess(organisation_id: int) -> None:
    """Assess an organisation's cases that have new facts or whose next check is reached."""
    assessing.assess_due(organisation_id=organisation_id, at=timezone.now())
