"""Days on which euro payments are settled (TARGET); pure."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


def is_settled_on(day: date) -> bool:
    """Whether banks settle euro payments on a day."""
    return day.weekday() < 5 and day not in _closed(day.year)


def next_settlement(after: date) -> date:
    """Return the first day after a day on which payments are settled."""
    day = after + timedelta(1)
    while not is_settled_on(day):
        day += timedelta(1)
    return day


@lru_cache(maxsize=8)
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("XECB", years=year))
