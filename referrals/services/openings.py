"""Clients and openings: made, changed, closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from referrals.models import Client, Opening


def client_named(name: str) -> Client:
    """Return the client of this name, made if it is not there yet."""
    return Client.objects.get_or_create(name=name.strip())[0]


@transaction.atomic
def save_opening(*, opening: Opening | None, client_name: str, fields: Mapping[str, Any], on: date) -> Opening:
    """Make an opening, or change one."""
    opening = opening or Opening(opened_on=on)
    opening.client = client_named(client_name)
    for name, value in fields.items():
        setattr(opening, name, value)
    opening.save()
    return opening


def close_opening(*, opening: Opening, on: date) -> None:
    """Take an opening off the list; its cases go on."""
    Opening.objects.filter(pk=opening.pk, closed_on=None).update(closed_on=on)
