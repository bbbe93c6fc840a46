"""What members are charged; the worker makes the invoices out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kernel import work
from members.models import Member, Organisation
from payouts.models import Charge
from payouts.services.issuing import ISSUE


@transaction.atomic
def charge(*, organisation: Organisation, fields: Mapping[str, Any], by: Member | None, at: datetime) -> Charge:
    """Charge a member; what they are charged before the invoice is made out stands on it together."""
    made = Charge.objects.create(**fields, raised_by=by, raised_at=at)
    work.add(organisation.pk, ISSUE)
    return made
