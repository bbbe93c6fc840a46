"""How the organisation invoices and pays."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel import work
from members.models import Organisation
from payouts.models import PayoutSettings
from payouts.services.issuing import ISSUE


@transaction.atomic
def save(*, organisation: Organisation, fields: Mapping[str, Any]) -> PayoutSettings:
    """Keep settings; what waited for them is made out."""
    saved, _made = PayoutSettings.objects.update_or_create(defaults=dict(fields))
    work.add(organisation.pk, ISSUE)
    return saved
