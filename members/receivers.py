"""What accounts do is noted in their sessions."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from members.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@receiver(authenticator_added)
def count_what_was_just_proved(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Count a factor as used in the session in which it was set up: that took a code, or a touch, of it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type)
