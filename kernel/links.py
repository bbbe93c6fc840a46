"""Links for people without an account: made, looked up, withdrawn. Only a token's hash is kept."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from kernel.models import Link

TOKEN_BYTES = 16


def new_token() -> str:
    """Return 128 random bits as a text that an address can hold."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def make(
    *, organisation_id: int, purpose: str, expires_at: datetime, target_id: int | None = None, token: str = ""
) -> str:
    """Store a link and return its token, a new one unless it is given: to be put into an address and nowhere else."""
    token = token or new_token()
    _keep(token, organisation_id=organisation_id, purpose=purpose, target_id=target_id, expires_at=expires_at)
    return token


def make_again(*, organisation_id: int, purpose: str, expires_at: datetime, target_id: int) -> str:
    """Store a link whose token is the same each time: it follows from the secret key, and can be shown again."""
    said = f"{purpose}:{organisation_id}:{target_id}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256")[:TOKEN_BYTES]
    token = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    _keep(token, organisation_id=organisation_id, purpose=purpose, target_id=target_id, expires_at=expires_at)
    return token


def find(token: str, purpose: str, at: datetime) -> Link | None:
    """Return the link of this token and purpose, unless it has expired; looking consumes nothing."""
    return Link.objects.filter(token_hash=_hash(token), purpose=purpose, expires_at__gt=at).first()


def withdraw(*, organisation_id: int, purpose: str, target_id: int) -> None:
    """Make all links for a target useless."""
    Link.objects.filter(organisation_id=organisation_id, purpose=purpose, target_id=target_id).delete()


def sealed(response: HttpResponse) -> HttpResponse:
    """The address is a key: no request passes it on, and the page is kept nowhere.

    Not `no-referrer`: with that, browsers send `Origin: null` with the form, which no check of origins can accept.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _keep(token: str, **fields: Any) -> None:
    Link.objects.update_or_create(token_hash=_hash(token), defaults=fields)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
