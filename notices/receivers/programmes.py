"""New versions of programmes, and invitations to them, become mails."""

from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from kernel import work
from members.models import Invitation, Organisation
from members.signals import member_invited
from notices import announcing, services
from notices.models import Announcement
from notices.writing import programmes as writing
from programmes.models import Version
from programmes.signals import version_published


@receiver(member_invited)
def send_the_invitation(
    sender: type[Invitation], organisation: Organisation, invitation: Invitation, token: str, at: datetime, **_: Any
) -> None:
    """Mail somebody the link by which they join."""
    letter = partial(writing.invited, invitation, organisation.name, reverse("join", args=[token]))
    services.write(
        organisation=organisation,
        to=invitation.email,
        language=organisation.language,
        about=f"invitation:{invitation.pk}",
        letter=letter,
        at=at,
        sender=invitation.invited_by,
    )


@receiver(version_published)
def have_it_announced(sender: type[Version], version: Version, **_: Any) -> None:
    """Note that members are to be told what a new version changes; there may be thousands of them."""
    Announcement.objects.create(version=version)
    work.add(version.organisation_id, announcing.ANNOUNCE)
