"""What a rule answers on a given day, and why: plain tuples, since a night's run builds millions of them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from programmes.engine.timeline import Timeline


class State(StrEnum):
    MET = "met"
    OPEN = "open"
    FAILED = "failed"


MET, OPEN, FAILED = State.MET, State.OPEN, State.FAILED

Reason = tuple[str, State, tuple[Any, ...], tuple[int, ...]]
"""Code, state, parameters (in the order its sentence names them), keys of the facts it rests on."""

Verdict = tuple[State, tuple[Reason, ...], date | None]
"""State on the day asked about, reasons, and the next day on which it can change although nothing happens."""

Check = Callable[[Timeline, str, date], Verdict]
"""A compiled condition: timeline, placement, day → verdict."""


Reached = tuple[State, date, tuple[Reason, ...], date | None]
"""A milestone's answer: state, the day on which it was reached (date.max if it was not), reasons, next change."""

Priced = tuple[State, Decimal | None, date, tuple[Reason, ...], Decimal | None, date | None]
"""An amount's answer: state, the amount once it is fixed and the day since when, reasons, the most that is still
possible while it is open, next change. Failed: there is no amount."""

Milestone = Callable[[Timeline, str, date], Reached]
Amount = Callable[[Timeline, str, date], Priced]


def earliest(*dates: date | None) -> date | None:
    """Return the first of the dates that are there."""
    found = None
    for day in dates:
        if day is not None and (found is None or day < found):
            found = day
    return found


def every(checks: Sequence[Check]) -> Check:
    """All must be met: failed if one failed, else open if one is open, else met."""

    def check(timeline: Timeline, placement: str, day: date) -> Verdict:
        worst: State = MET
        reasons: tuple[Reason, ...] = ()
        changes_on: date | None = None
        for one in checks:
            state, why, change = one(timeline, placement, day)
            reasons += why
            if state is not MET and worst is not FAILED:
                worst = state
            if change is not None:
                changes_on = earliest(changes_on, change)
        return worst, reasons, None if worst is FAILED else changes_on

    return check
