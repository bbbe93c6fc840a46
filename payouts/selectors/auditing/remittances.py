"""Remittances: what performers were charged, what was paid on, and what went into the pot, against what cases say."""

from collections.abc import Iterator
from itertools import islice

from django.utils import timezone

from kernel.money import ZERO
from payouts.models import Charge, Entitlement
from payouts.selectors import pot, remittances
from payouts.selectors.remittances import NOTHING_PAID, Owed
from referrals.models import Case

AT_ONCE = 500


def remitted() -> Iterator[str]:
    """Yield what does not agree about remittances; cases that wait to be assessed are left to that."""
    known = {
        *Entitlement.objects.filter(owed_by="performer").values_list("case", flat=True),
        *Charge.objects.filter(revenue__isnull=False).values_list("revenue__case", flat=True),
    }
    waiting = Case.objects.filter(next_check_on__lte=timezone.localdate()).values_list("pk", flat=True)
    cases = iter(sorted(known - set(waiting)))
    while chunk := list(islice(cases, AT_ONCE)):
        yield from _remitted(chunk)


def _remitted(cases: list[int]) -> Iterator[str]:
    found = remittances.entitlements(cases)
    charged = remittances.charged(cases)
    owed = {revenue: Owed(one.member_id, ZERO) for revenue, one in charged.items()} | remittances.owed(found)
    paid, waiting = remittances.paid(owed), remittances.waiting(owed)
    for revenue, one in owed.items():
        charge = waiting.get(revenue)
        told = paid.get(revenue, NOTHING_PAID).invoiced + (charge.amount if charge else ZERO)
        if told != one.amount:
            yield f"turnover {revenue}: {one.amount} is owed of it, {told} was charged"
    in_pot = pot.counted(one.pk for one in found if one.party == "pot")
    for entitlement in found:
        released = remittances.released(entitlement, owed, paid)
        name = f"{entitlement.case.reference}, turnover {entitlement.revenue_id}"
        if (entitlement.released or ZERO) != released:
            yield f"{name}: {entitlement.released} was released to the {entitlement.party}, it should be {released}"
        inside = sum(in_pot.get((entitlement.pk, None), {}).values(), ZERO)
        if entitlement.party == "pot" and inside != released:
            yield f"{name}: {inside} is in the pot, it should be {released}"
