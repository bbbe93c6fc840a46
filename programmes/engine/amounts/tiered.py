"""The sooner one thing follows another, the more: the first tier whose period still holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from programmes.engine.facts import KINDS
from programmes.engine.fields import FactName, Money, PeriodField, Rule, imprecise
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Fact, Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Amount, Priced

DAY = timedelta(1)
DAYS_KEPT = 4096

Closing = tuple[tuple[date, Decimal], ...]
"""The last day of each tier, and its amount."""


class Tier(Rule):
    within: PeriodField
    amount: Money


class Tiered(Rule):
    kind: Literal["tiered"]
    from_: Annotated[FactName, Field(alias="from")]
    until: FactName
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    def amounts(self) -> Amount:
        find_start, find_end = first(self.from_, everywhere=True), first(self.until)
        start_kind, end_kind = self.from_, self.until
        highest = max(tier.amount for tier in self.tiers)
        unbegun = ("tiers_not_begun", OPEN, (start_kind, highest), ())
        not_begun: Priced = (OPEN, None, date.max, (unbegun,), highest, None)

        @lru_cache(maxsize=DAYS_KEPT)
        def closing(began: date) -> Closing:
            return tuple((tier.within.after(began), tier.amount) for tier in self.tiers)

        def amount(timeline: Timeline, placement: str, day: date) -> Priced:
            start = find_start(timeline, placement, day)
            if start is None:
                return not_begun
            end = find_end(timeline, placement, day)
            if end is None:
                return _running(closing(start.on), start, start_kind, end_kind, day)
            began, ended, keys = start.on, end.on, (start.key, end.key)
            for last, value in closing(began):
                if ended <= last:
                    reason = ("tier_reached", MET, (value, start_kind, began, end_kind, ended, last), keys)
                    return MET, value, max(began, ended), (reason,), None, None
            late = (start_kind, began, end_kind, ended, last)
            return FAILED, None, date.max, (("tiers_late", FAILED, late, keys),), None, None

        return amount

    @property
    def of_placement(self) -> bool:
        return KINDS[self.from_].of_placement or KINDS[self.until].of_placement

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        for number, tier in enumerate(self.tiers):
            yield from imprecise(tier.amount, f"{path}.tiers.{number}.amount", places)
        for number, (before, tier) in enumerate(pairwise(self.tiers), 1):
            if tier.within.approximate_days <= before.within.approximate_days:
                yield Mistake(f"{path}.tiers.{number}.within", "tiers_out_of_order", {"before": str(before.within)})


def _running(closing: Closing, start: Fact, start_kind: str, end_kind: str, day: date) -> Priced:
    """What is still possible while the end has not come: the tiers left, the first of which closes next."""
    left = [tier for tier in closing if day <= tier[0]]
    if not left:
        params = (start_kind, start.on, end_kind, closing[-1][0])
        return FAILED, None, date.max, (("tiers_missed", FAILED, params, (start.key,)),), None, None
    last, value = left[0]
    reason = ("tier_running", OPEN, (value, start_kind, start.on, end_kind, last), (start.key,))
    closes = None if last == date.max else last + DAY
    return OPEN, None, date.max, (reason,), max(value for _, value in left), closes
