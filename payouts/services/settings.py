"""How the organisation invoices and pays."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel import sending, work
from members.models import Organisation
from payouts.models import PayoutSettings
from payouts.selectors.settings import payout_settings
from payouts.services.documents import ISSUE
from payouts.services.transmitting import SEND


@transaction.atomic
def save(*, organisation: Organisation, fields: Mapping[str, Any]) -> PayoutSettings:
    """Keep settings; what waited for them is made out."""
    saved, _made = PayoutSettings.objects.update_or_create(defaults=dict(fields))
    work.add(organisation.pk, ISSUE)
    return saved


@transaction.atomic
def save_sending(*, organisation: Organisation, fields: Mapping[str, Any]) -> None:
    """Keep how invoices leave; a new address of the access point gets a new secret, and what waited is sent."""
    before, changes = payout_settings(), dict(fields)
    if changes["access_point_url"] != before.access_point_url:
        changes["access_point_secret"] = sending.new_secret() if changes["access_point_url"] else ""
    PayoutSettings.objects.update_or_create(defaults=changes)
    work.add(organisation.pk, SEND)
