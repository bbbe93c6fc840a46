"""Calendar periods as ISO 8601 writes them: P1M, P18M, P2W, P1Y6M, P30D."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Self


def month_named(text: str) -> date | None:
    """Return the first day of a month that is written as 2026-11; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def last_day_of(month: date) -> date:
    """Return the last day of a day's month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


_ISO = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")


class Period(NamedTuple):
    """So many calendar months, then so many days."""

    months: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 duration of years, months, weeks and days; ValueError for anything else."""
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError(text)
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        return cls(12 * years + months, 7 * weeks + days)

    def after(self, day: date) -> date:
        """Return the day this period after `day`: 31 January + P1M is the last day of February.

        A day past the end of the calendar is its last day.
        """
        return _after(self.months, self.days, day)

    @property
    def approximate_days(self) -> float:
        """A length to order periods by; months count 30.436875 days."""
        return self.months * 30.436875 + self.days

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        text = "".join(f"{n}{letter}" for n, letter in ((years, "Y"), (months, "M"), (self.days, "D")) if n)
        return "P" + (text or "0D")


@lru_cache(maxsize=65536)
def _after(months: int, days: int, day: date) -> date:
    try:
        if months:
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return day + timedelta(days) if days else day
    except (OverflowError, ValueError):
        return date.max
