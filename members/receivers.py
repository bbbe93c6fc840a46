"""What accounts do is noted in their sessions; who was admitted is welcomed."""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from members.models import Application, Invitation, Member, User
from members.services import applying, meetings
from members.signals import invitation_accepted, member_left

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@receiver(authenticator_added)
def count_what_was_just_proved(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Count a factor as used in the session in which it was set up: that took a code, or a touch, of it, from who had just
    said who they are.
    """
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)


@receiver(email_changed)
def keep_the_former_address(
    sender: Any, request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_: Any
) -> None:
    """Keep the address that an account had: whoever takes an account over changes that first, and the money next."""
    if from_email_address:
        User.objects.filter(pk=user.pk).update(
            former_email=from_email_address.email.lower(), email_changed_at=timezone.now()
        )


@receiver(invitation_accepted)
def welcome_the_admitted(sender: Any, invitation: Invitation, member: Member, at: datetime, **_: Any) -> None:
    """Remember who brought a new member in, and what they said when they applied."""
    for application in Application.objects.filter(invitation=invitation, member=None):
        applying.welcome(application=application, member=member, at=at)


@receiver(member_left)
def free_their_seats(sender: type[Member], member: Member, at: datetime, **_: Any) -> None:
    """Give the seats of who leaves to others."""
    meetings.let_go(member=member, at=at)
