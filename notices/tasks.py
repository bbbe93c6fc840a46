"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from kernel import work
from members.models import Organisation
from notices import broadcasting, services, telling
from notices.group import digests
from notices.webhooks import services as webhooks


@work.handles(services.SEND)
def send(organisation_id: int) -> bool:
    """Send an organisation's mails that are due."""
    return services.send_all(organisation_id=organisation_id)


@work.handles(webhooks.DELIVER)
def deliver(organisation_id: int) -> bool:
    """Tell other systems what happened."""
    return webhooks.deliver_due(organisation_id=organisation_id)


@work.handles(webhooks.FORGET, nightly=True)
def forget_deliveries(organisation_id: int) -> bool:
    """Forget what was sent long ago."""
    webhooks.forget_old(organisation_id=organisation_id)
    return True


@work.handles(broadcasting.BROADCAST)
def broadcast(organisation_id: int) -> bool:
    """Tell members of what concerns them all."""
    return broadcasting.broadcast_all(organisation_id=organisation_id)


@work.handles(telling.TELL_PAID)
def tell_of_payments(organisation_id: int) -> bool:
    """Tell members what they were paid."""
    return telling.tell_of_payments(organisation_id=organisation_id)


@work.handles(digests.LOOK, nightly=True)
def look_for_news(organisation_id: int) -> bool:
    """See whether news of the group are due in the morning."""
    digests.look(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True


@work.handles(digests.SEND)
def send_news(organisation_id: int) -> bool:
    """Have the news of the group told."""
    digests.send(organisation=Organisation.objects.get(pk=organisation_id), at=timezone.now())
    return True
