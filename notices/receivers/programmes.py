"""New versions of programmes, invitations to them, and who runs them become mails."""

from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from members.models import Invitation, Member, Organisation
from members.roles import NEEDS_SECOND_FACTOR, Role
from members.selectors.people import in_role
from members.signals import administration_ended, member_invited, roles_granted
from notices import broadcasting, broadcasts, services
from notices.models import Webhook
from notices.writing import network
from notices.writing import programmes as writing
from programmes.models import Version
from programmes.signals import version_published


@receiver(member_invited)
def send_the_invitation(
    sender: type[Invitation],
    organisation: Organisation,
    invitation: Invitation,
    token: str,
    at: datetime,
    language: str,
    is_admitted: bool,
    **_: Any,
) -> None:
    """Mail somebody the link by which they join."""
    write = (
        network.admitted if is_admitted else writing.invited if organisation.recruits else writing.invited_to_network
    )
    letter = partial(write, invitation, organisation.name, reverse("join", args=[token]))
    services.write(
        organisation=organisation,
        to=invitation.email,
        language=language,
        about=f"invitation:{invitation.pk}",
        letter=letter,
        at=at,
        sender=invitation.invited_by,
    )


@receiver(roles_granted)
def tell_of_a_role(sender: type[Member], member: Member, roles: list[str], at: datetime, **_: Any) -> None:
    """Tell everyone else who handles money or rules that somebody new does: nobody becomes two people unseen."""
    given = [role for role in roles if role in NEEDS_SECOND_FACTOR]
    if not given:
        return
    organisation = member.organisation
    others = Member.objects.filter(roles__overlap=sorted(NEEDS_SECOND_FACTOR), left_on=None).exclude(pk=member.pk)
    for other in others.select_related("user"):
        about = f"roles:{member.pk}:{at.timestamp()}:{other.pk}"
        page = reverse("member_list" if other.is_administrator else "organisation_home", args=[organisation.slug])
        letter = partial(writing.role_granted, member, given, page, sees_roles=other.is_administrator)
        services.write_to_member(organisation=organisation, member=other, about=about, letter=letter, at=at)


@receiver(administration_ended)
def tell_of_their_webhooks(sender: type[Member], member: Member, at: datetime, **_: Any) -> None:
    """Tell administrators which addresses go on being told of events that somebody added who is none of them any more."""
    addresses = list(
        Webhook.objects.filter(made_by=member, is_active=True).order_by("pk").values_list("url", flat=True)
    )
    if not addresses:
        return
    organisation = member.organisation
    letter = partial(writing.webhooks_go_on, member, addresses, reverse("webhook_list", args=[organisation.slug]))
    for other in in_role(Role.ADMINISTRATOR).exclude(pk=member.pk):
        about = f"webhooks:{member.pk}:{at.timestamp()}:{other.pk}"
        services.write_to_member(organisation=organisation, member=other, about=about, letter=letter, at=at)


@receiver(version_published)
def have_it_announced(sender: type[Version], version: Version, **_: Any) -> None:
    """Note that members are to be told what a new version changes; there may be thousands of them."""
    broadcasting.note(
        organisation_id=version.organisation_id, kind=broadcasts.VERSION, about=version.pk, at=version.published_at
    )
