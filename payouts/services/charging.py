"""What members are charged; the worker makes the invoices out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from kernel import limits, work
from kernel.previews import LASTS
from members.models import Member, Organisation
from payouts.models import Charge, Document
from payouts.services.documents import ISSUE

COPIED = ("member", "kind", "description", "revenue", "currency", "supplied_on", "raised_by", "raised_at")
"""What the parts of a charge have in common."""


@transaction.atomic
def charge(*, organisation: Organisation, fields: Mapping[str, Any], by: Member | None, at: datetime) -> Charge:
    """Charge a member; what they are charged before the invoice is made out stands on it together."""
    made = Charge.objects.create(**fields, raised_by=by, raised_at=at)
    work.add(organisation.pk, ISSUE)
    return made


@transaction.atomic
def charge_once(
    *, organisation: Organisation, fields: Mapping[str, Any], looked_at: str, by: Member, at: datetime
) -> None:
    """Charge a member what somebody looked at, as the text that was signed then; sent again within its time, it is charged once."""
    if limits.within("charge", looked_at, 1, seconds=LASTS):
        charge(organisation=organisation, fields=fields, by=by, at=at)


def charge_again(document: Document, at: datetime) -> list[Charge]:
    """Charge anew what stood with remittances on a document that was taken back as a whole: it is owed still. Under lock."""
    charged = list(Charge.objects.filter(lines__document=document).order_by("pk"))
    if not any(one.revenue_id for one in charged):
        return []
    fields = [{name: getattr(one, name) for name in COPIED} | {"amount": one.amount} for one in charged]
    return [Charge.objects.create(**one | {"raised_at": at}) for one in fields]


def split(charge: Charge, left: Sequence[Decimal]) -> list[Charge]:
    """Divide what is given back over invoices, given what is left of each; what none of them holds waits. Under lock."""
    parts: list[Charge] = []
    rest = -charge.amount
    for amount in left:
        if not rest:
            break
        taken = min(rest, amount)
        rest -= taken
        parts.append(_part(charge, -taken, is_first=not parts))
    if parts and rest:
        _part(charge, -rest, is_first=False)
    return parts


def _part(charge: Charge, amount: Decimal, *, is_first: bool) -> Charge:
    if is_first:
        Charge.objects.filter(pk=charge.pk).update(amount=amount)
        return Charge.objects.get(pk=charge.pk)
    fields = {name: getattr(charge, name) for name in COPIED}
    return Charge.objects.create(amount=amount, **fields)
