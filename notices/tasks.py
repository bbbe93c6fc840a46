"""The work of this layer, as the sweep knows it."""

from kernel import work
from notices import services


@work.handles(services.SEND)
def send(organisation_id: int) -> bool:
    """Send an organisation's mails that are due."""
    return services.send_all(organisation_id=organisation_id)
