"""What will have to be paid, month by month: what is owed, and what the engine expects of cases that are under way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from kernel.money import CURRENCIES, SAVED, ZERO, apportion
from members.models import Organisation
from payouts.models import Entitlement, Payable
from payouts.selectors import payables as selectors
from payouts.selectors.assignments import assignments
from payouts.selectors.landed import Assignment, coming
from payouts.selectors.parts import pending
from payouts.states import PayableState
from programmes.engine.assessment import STILL_OPEN
from referrals.models import Placement
from referrals.selectors import tracking
from referrals.selectors.tracking import TrackedEntitlement

AT_ONCE = 500


@dataclass
class Month:
    """What has to be paid in a month: owed already, expected with a fixed amount, and at most of what is not fixed.

    `first` is the first day of the month; None for what no date can be said of yet. What should have been paid before
    stands in the month of today.
    """

    first: date | None
    owed: Decimal = ZERO
    expected: Decimal = ZERO
    at_most: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.owed + self.expected


def forecast(organisation: Organisation, today: date) -> dict[str, list[Month]]:
    """Return the months in which something has to be paid, by currency; what has no date last."""
    found: dict[str, dict[date | None, Month]] = defaultdict(dict)

    def month(currency: str, pay_by: date | None) -> Month:
        first = pay_by and max(pay_by, today).replace(day=1)
        return found[currency].setdefault(first, Month(first))

    for currency, pay_by, amount in _owed():
        month(currency, pay_by).owed += amount
    for one in _expected(organisation, today):
        into, fixed = month(one.entitlement.unit, one.pay_by), one.entitlement.amount
        if fixed is None:
            into.at_most += one.entitlement.at_most or ZERO
        else:
            into.expected += fixed
    return {currency: sorted(months.values(), key=_by_date) for currency, months in sorted(found.items())}


def awaited() -> list[tuple[str, Decimal]]:
    """Return what introducers earned and members who remit have not paid yet, by currency: it is owed as it is paid."""
    found = Entitlement.objects.filter(owed_by="performer", party="introducer", state="due")
    left = F("amount") - Coalesce("released", ZERO)
    sums = found.exclude(case__for_organisation=True).values("unit").annotate(left=Sum(left)).order_by("unit")
    return [(one["unit"], one["left"]) for one in sums if one["left"]]


@dataclass
class Remitted:
    """What performers are expected to remit of a month, and to whom it goes."""

    first: date
    introducers: Decimal = ZERO
    organisation: Decimal = ZERO
    pot: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.introducers + self.organisation + self.pot


def remittances(today: date) -> dict[str, list[Remitted]]:
    """Return what assignments that run go on to remit at their pace, until their caps, by currency and month.

    Months of which nobody said the turnover yet stand in the month of today.
    """
    running = Placement.objects.filter(case__kind="opportunity", performer__isnull=False, case__is_over=False)
    found = assignments(running.select_related("case", "performer", "client"), today)
    ahead = coming(found)
    months: dict[str, dict[date, Remitted]] = defaultdict(dict)
    for one in found:
        for month, amount in ahead[one.placement.pk]:
            first = max(month, today.replace(day=1))
            _divide(months[one.currency].setdefault(first, Remitted(first)), one, amount)
    return {currency: [of[first] for first in sorted(of)] for currency, of in sorted(months.items())}


def _divide(into: Remitted, one: Assignment, amount: Decimal) -> None:
    """Add what an assignment remits of a month, to each party; what the organisation shared itself earns nobody else."""
    portions = one.towards.portions
    parts = apportion(amount, list(portions.values()), CURRENCIES[one.currency])
    for party, part in zip(portions, parts, strict=True):
        match party:
            case "pot":
                into.pot += part
            case "introducer" if not one.placement.case.for_organisation:
                into.introducers += part
            case _:
                into.organisation += part


def _by_date(month: Month) -> date:
    return month.first or date.max


def _owed() -> Iterator[tuple[str, date | None, Decimal]]:
    """Yield what is on its way, and what can be proposed."""
    moving = Payable.objects.filter(state__in=(PayableState.PROPOSED, PayableState.APPROVED))
    for currency, pay_by, amount in moving.values_list("currency", "pay_by", "amount"):
        yield currency, pay_by, amount
    to_propose = {one.pk: one for one in selectors.to_propose()}
    for (pk, _member), amount in pending(to_propose.values()).items():
        if amount:
            yield to_propose[pk].unit, to_propose[pk].pay_by, amount


def _expected(organisation: Organisation, today: date) -> Iterable[TrackedEntitlement]:
    """Yield what is open, owed by the organisation to introducers in money, as the cases stand now."""
    still_open = Entitlement.objects.filter(state=STILL_OPEN, party="introducer", owed_by="organisation")
    cases = iter(still_open.exclude(unit__in=SAVED).values_list("case", flat=True).distinct())
    while chunk := list(islice(cases, AT_ONCE)):
        for assessed in tracking.assess_now(chunk, today, organisation.country).values():
            yield from (one for one in assessed.entitlements if _is_ours(one))


def _is_ours(one: TrackedEntitlement) -> bool:
    found = one.entitlement
    owed = (found.state, found.to, found.owed_by) == (STILL_OPEN, "introducer", "organisation")
    return owed and found.unit not in SAVED
