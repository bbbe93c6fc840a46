"""The sooner one thing follows another, the more: the first tier whose period still holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from kernel.periods import Period
from programmes.engine.fields import Amount as AmountField
from programmes.engine.fields import FactName, PeriodField, Rule, imprecise
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Fact, Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Amount, Fixed

DAY = timedelta(1)


class Tier(Rule):
    within: PeriodField
    amount: AmountField


class Tiered(Rule):
    kind: Literal["tiered"]
    from_: Annotated[FactName, Field(alias="from")]
    until: FactName
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    def amounts(self) -> Amount:
        find_start, find_end = first(self.from_), first(self.until)
        start_kind, end_kind = self.from_, self.until
        tiers = [(tier.within, tier.amount) for tier in self.tiers]
        highest = max(amount for _, amount in tiers)
        not_begun = Fixed(OPEN, None, date.max, (("tiers_not_begun", OPEN, (start_kind, highest), ()),), highest)

        def amount(timeline: Timeline, placement: str, day: date) -> Fixed:
            start = find_start(timeline, placement, day)
            if start is None:
                return not_begun
            end = find_end(timeline, placement, day)
            began, until = start.on, day if end is None else end.on
            left = []
            for period, value in tiers:
                last = period.after(began)
                if until <= last:
                    left.append((last, value))
            if end is None:
                return _running(left, start, start_kind, end_kind, tiers[-1][0])
            keys = (start.key, end.key)
            if not left:
                late = (start_kind, start.on, end_kind, end.on, tiers[-1][0].after(start.on))
                return Fixed(FAILED, None, date.max, (("tiers_late", FAILED, late, keys),))
            last, value = left[0]
            reason = ("tier_reached", MET, (value, start_kind, start.on, end_kind, end.on, last), keys)
            return Fixed(MET, value, max(start.on, end.on), (reason,))

        return amount

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        for number, tier in enumerate(self.tiers):
            yield from imprecise(tier.amount, f"{path}.tiers.{number}.amount", places)
        for number, (before, tier) in enumerate(pairwise(self.tiers), 1):
            if tier.within.approximate_days <= before.within.approximate_days:
                yield Mistake(f"{path}.tiers.{number}.within", "tiers_out_of_order", {"before": str(before.within)})


def _running(left: list[tuple[date, Decimal]], start: Fact, start_kind: str, end_kind: str, longest: Period) -> Fixed:
    """What is still possible while the end has not come: the tiers left, the first of which closes next."""
    if not left:
        params = (start_kind, start.on, end_kind, longest.after(start.on))
        return Fixed(FAILED, None, date.max, (("tiers_missed", FAILED, params, (start.key,)),))
    last, value = left[0]
    reason = ("tier_running", OPEN, (value, start_kind, start.on, end_kind, last), (start.key,))
    closes = None if last == date.max else last + DAY
    return Fixed(OPEN, None, date.max, (reason,), max(value for _, value in left), closes)
