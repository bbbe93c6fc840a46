"""Stopping mails of a kind by the link that stands in each of them, without signing in: by a click, or by a mail program."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kernel import links
from kernel.models import Link
from members.models import Member
from notices.kinds import OPTIONAL, Kind
from notices.models import Preference

LASTS = timedelta(400)


def address_for(*, member: Member, kind: Kind, at: datetime) -> str:
    """Return the address at which a member stops mails of a kind, the same each time."""
    token = links.make_again(
        organisation_id=member.organisation_id, purpose=_purpose(kind), expires_at=at + LASTS, target_id=member.pk
    )
    return settings.SITE_URL + reverse("unsubscribe", args=[kind.value, token])


def link_of(*, kind: Kind, token: str, at: datetime) -> Link | None:
    """Return the link that stops mails of a kind."""
    return links.find(token, _purpose(kind), at)


@transaction.atomic
def stop(*, member: Member, kind: Kind) -> None:
    """Send a member no more mails of a kind; who left gets none anyway."""
    if member.left_on:
        return
    Preference.objects.get_or_create(member=member)
    own = Preference.objects.select_for_update().get(member=member)
    if kind in OPTIONAL:
        own.muted = sorted({*own.muted, kind.value})
    elif kind == Kind.DIGEST:
        own.digest = Preference.Digest.NEVER
    else:
        own.fitting = Preference.Fitting.DIGEST
    own.save()


def _purpose(kind: Kind) -> str:
    return f"stop:{kind}"
