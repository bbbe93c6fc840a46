"""Keys of programs: made, looked up, revoked. A token is shown once; only its hash is kept."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from kernel import links
from kernel.models import Link
from members.models import ApiKey, Member, Organisation
from members.scopes import Scope

PURPOSE = "api"
PREFIX = "vsp_"
"""Tokens begin so that tools which look for leaked secrets know one when they see it."""
MOST = 20
LASTS = timedelta(days=3650)


class TooManyError(Exception):
    """An organisation has as many keys as it can have."""


@transaction.atomic
def make(
    *, organisation: Organisation, name: str, scopes: Iterable[Scope], by: Member, at: datetime
) -> tuple[ApiKey, str]:
    """Make a key and return it with its token; TooManyError when there are as many as there can be."""
    if ApiKey.objects.filter(revoked_at=None).count() >= MOST:
        raise TooManyError
    token = links.new_token()
    key = ApiKey.objects.create(name=name, scopes=sorted(scopes), hint=token[-4:], made_by=by, made_at=at)
    links.make(organisation_id=organisation.pk, purpose=PURPOSE, expires_at=at + LASTS, target_id=key.pk, token=token)
    return key, PREFIX + token


def find(token: str, at: datetime) -> Link | None:
    """Return the link of a token: the organisation and the key's id, before the organisation is entered."""
    return links.find(token.removeprefix(PREFIX), PURPOSE, at) if token.startswith(PREFIX) else None


@transaction.atomic
def revoke(*, organisation: Organisation, key: ApiKey, at: datetime) -> None:
    """Make a key useless, from the next request on."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at)
    links.withdraw(organisation_id=organisation.pk, purpose=PURPOSE, target_id=key.pk)


def note_use(*, key: ApiKey, on: date) -> None:
    """Note the last day on which a key was used; at most one write a day."""
    ApiKey.objects.filter(pk=key.pk).filter(Q(last_used_on=None) | Q(last_used_on__lt=on)).update(last_used_on=on)
