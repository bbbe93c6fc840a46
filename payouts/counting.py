"""For which year's pot an amount, or coins, count, and what a coin is worth; pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kernel.money import rounded


class Counted(NamedTuple):
    """What counts for a year, or for none, and the day on which it is booked."""

    year: int | None
    on: date
    amount: Decimal


def worth(total: Decimal, coins: int) -> Decimal | None:
    """Return what a coin of a pot is worth, in whole cents; None without coins, or in an empty pot."""
    return rounded(total / coins) if coins and total > 0 else None


def counted(
    difference: Decimal, on: date, before: Mapping[int, Decimal], first_open: int, today: date
) -> list[Counted]:
    """Return for which years a difference counts, given what counts for which already.

    What is more counts for the year of the day `on` which it came; what is taken back, for the years for which it counted,
    the last one first. A year that is divided already, before `first_open`, is followed by the first that is not.

    >>> counted(Decimal(-5), date(2026, 3, 1), {2025: Decimal(10), 2026: Decimal(3)}, 2025, date(2026, 4, 1))
    [Counted(year=2026, on=datetime.date(2026, 4, 1), amount=Decimal('-3')),
     Counted(year=2025, on=datetime.date(2025, 12, 31), amount=Decimal('-2'))]
    """
    if difference >= 0:
        day = max(min(on, today), date(first_open, 1, 1))
        return [Counted(day.year, day, difference)] if difference else []
    parts: dict[int, Decimal] = {}
    rest = -difference
    for year in sorted(before, reverse=True):
        taken = min(rest, max(before[year], Decimal(0)))
        rest -= taken
        open_year = max(year, first_open)
        parts[open_year] = parts.get(open_year, Decimal(0)) - taken
    if rest:  # never set aside before: it counts as anything else does
        year = max(on.year, first_open)
        parts[year] = parts.get(year, Decimal(0)) - rest
    return [Counted(year, min(date(year, 12, 31), today), amount) for year, amount in parts.items() if amount]
