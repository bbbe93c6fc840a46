"""When an open entitlement can be expected to fall due, and how that was reckoned; pure."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import NamedTuple

from programmes.engine.assessment import STILL_OPEN, Entitlement
from programmes.engine.timeline import Timeline, first

DAY = timedelta(1)
FARTHEST = timedelta(days=3660)
_started = first("started")

WorkingDay = Callable[[date], bool]


class Basis(StrEnum):
    """What an expected date rests on."""

    PACE = "pace"
    FIVE_A_WEEK = "five_a_week"
    DATE = "date"


class Expectation(NamedTuple):
    """A date, and what it rests on; `pace` is days worked per working day so far."""

    on: date
    basis: Basis
    pace: Decimal | None = None


def expected(entitlement: Entitlement, timeline: Timeline, as_of: date, works: WorkingDay) -> Expectation | None:
    """Return when an open entitlement can be expected to fall due; None while nothing says so.

    Days still to be worked are reckoned at the pace so far (days worked per working day between the first day and
    the last entry); before there are any, at every working day. `works` says whether a day is a working day.
    """
    if entitlement.state is not STILL_OPEN:
        return None
    for code, _state, params, _keys in entitlement.because:
        if code == "days_worked_awaited":
            return _by_days_worked(timeline, entitlement.placement, params[0], params[1], as_of, works)
        if code in ("period_running", "carried_date_running"):
            return Expectation(params[-1], Basis.DATE)
    return None


def _by_days_worked(
    timeline: Timeline, placement: str, worked: Decimal, wanted: Decimal, as_of: date, works: WorkingDay
) -> Expectation | None:
    start = _started(timeline, placement, as_of)
    if start is None:
        return None
    entries = [fact for fact in timeline.of[placement].get("worked", []) if fact.on <= as_of]
    if not worked:
        on = _nth_working_day(start.on - DAY, int(wanted.to_integral_value(ROUND_CEILING)), works)
        return Expectation(max(on, as_of), Basis.FIVE_A_WEEK)
    last = entries[-1].on
    passed = sum(works(start.on + timedelta(n)) for n in range((last - start.on).days + 1)) or 1
    pace = worked / passed
    left = int(((wanted - worked) / pace).to_integral_value(ROUND_CEILING))
    return Expectation(max(_nth_working_day(last, left, works), as_of), Basis.PACE, pace)


def _nth_working_day(after: date, count: int, works: WorkingDay) -> date:
    day, limit = after, after + FARTHEST
    while count > 0 and day < limit:
        day += DAY
        count -= works(day)
    return day
