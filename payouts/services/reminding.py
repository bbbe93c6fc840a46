"""Reminding finance of what was promised, before the day is over."""

from datetime import datetime

from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from payouts.readiness import Move
from payouts.selectors.promise import late
from payouts.signals import promise_nears

REMIND = "remind_of_promises"
DAYS_BEFORE = 7
OF_FINANCE = frozenset({Move.PROPOSE, Move.APPROVE, Move.SETTLE, Move.PAY, Move.APPROVE_BATCH, Move.PAYROLL})
"""Moves that finance can make; the others wait for a member, the bank, or the product."""


def remind(*, organisation_id: int, at: datetime) -> int:
    """Tell finance of amounts whose promised day is near or over, and whose move is theirs; return how many there are."""
    organisation = Organisation.objects.get(pk=organisation_id)
    with tenant(organisation_id):
        today = timezone.localdate(at)
        found = [one for one in late(organisation, at, today, within=DAYS_BEFORE) if one.move in OF_FINANCE]
        if found:
            promise_nears.send(Organisation, organisation=organisation, found=found, at=at)
        return len(found)
