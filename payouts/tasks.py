"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from payouts.services import assessing, issuing, rendering


@work.handles(assessing.ASSESS)
def assess(organisation_id: int) -> None:
    """Assess an organisation's cases that have new facts or whose next check is reached."""
    assessing.assess_due(organisation_id=organisation_id, at=timezone.now())


@work.handles(issuing.ISSUE)
def issue(organisation_id: int) -> None:
    """Make out documents and payroll lines for what was approved."""
    issuing.issue_all(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())


@work.handles(issuing.RENDER)
def render(organisation_id: int) -> None:
    """Make the pictures of issued documents."""
    rendering.render_all(organisation_id=organisation_id)
