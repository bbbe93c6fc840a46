"""Organisations: made, and what they say of themselves."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string

from members.models import Organisation
from members.signals import legal_data_changed


def create_organisation(*, slug: str, name: str, country: str, language: str, **fields: object) -> Organisation:
    """Create an organisation; nobody belongs to it yet."""
    organisation = Organisation(slug=slug, name=name, country=country, language=language, **fields)
    organisation.full_clean()
    organisation.save()
    return organisation


def save_settings(*, organisation: Organisation, fields: Mapping[str, Any]) -> None:
    """Keep what an administrator said of the organisation."""
    Organisation.objects.filter(pk=organisation.pk).update(**fields)


@transaction.atomic
def save_legal_data(*, organisation: Organisation, fields: Mapping[str, Any]) -> None:
    """Keep what stands on invoices of an organisation."""
    save_settings(organisation=organisation, fields=fields)
    legal_data_changed.send(Organisation, organisation=organisation)


@transaction.atomic
def save_look(*, organisation: Organisation, colour: str, logo: bytes | None, without_logo: bool) -> None:
    """Keep an organisation's colour, and its logo (a PNG) if there is a new one; the one before is deleted."""
    before = organisation.logo.name
    name = "" if without_logo else before
    if logo:
        name = organisation.logo.storage.save(f"logos/{get_random_string(22)}.png", ContentFile(logo))
    save_settings(organisation=organisation, fields={"colour": colour, "logo": name})
    if before and before != name:
        storage = organisation.logo.storage
        transaction.on_commit(lambda: storage.delete(before))
