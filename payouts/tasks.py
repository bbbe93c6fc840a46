"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from payouts.services import assessing, documents, dues, issuing, looking, reminding, rendering, replaying, transmitting


@work.handles(looking.ASSESS)
def assess(organisation_id: int) -> bool:
    """Assess an organisation's cases that have new facts or whose next check is reached."""
    now = timezone.now()
    assessing.assess_due(organisation_id=organisation_id, at=now)
    return not assessing.is_left(organisation_id=organisation_id, at=now)


@work.handles(documents.ISSUE, nightly=True)
def issue(organisation_id: int) -> bool:
    """Make out documents and payroll lines for what was approved."""
    organisation = Organisation.objects.get(pk=organisation_id)
    return issuing.issue_all(organisation=organisation, at=timezone.now()).nothing_held


@work.handles(documents.RENDER)
def render(organisation_id: int) -> bool:
    """Make the pictures of issued documents."""
    return rendering.render_all(organisation_id=organisation_id)


@work.handles(transmitting.SEND)
def send(organisation_id: int) -> bool:
    """Hand issued invoices over to whoever sends them on."""
    return transmitting.send_due(organisation_id=organisation_id)


@work.handles(replaying.REPLAY)
def replay(organisation_id: int) -> bool:
    """Run drafts over real cases."""
    return replaying.replay_all(organisation_id=organisation_id)


@work.handles(looking.DUES, nightly=True)
def charge_dues(organisation_id: int) -> bool:
    """Charge the dues of a period that began, and note whose registration fee was paid."""
    dues.charge_dues(organisation_id=organisation_id, at=timezone.now())
    dues.note_paid_registrations(organisation_id=organisation_id, at=timezone.now())
    return True


@work.handles(reminding.REMIND, nightly=True)
def remind(organisation_id: int) -> bool:
    """Remind finance of what was promised, performers of their turnover, and members of late invoices."""
    reminding.remind(organisation_id=organisation_id, at=timezone.now())
    reminding.remind_performers(organisation_id=organisation_id, at=timezone.now())
    reminding.remind_debtors(organisation_id=organisation_id, at=timezone.now())
    return True
