"""What a rule answers on a given day, and why: plain tuples, since a night's run builds millions of them."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

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


class Reached(NamedTuple):
    """A milestone's answer: when met, `on` is the day on which it was reached."""

    state: State
    on: date
    reasons: tuple[Reason, ...]
    changes_on: date | None = None


class Fixed(NamedTuple):
    """An amount's answer: fixed (`amount`, since `on`), open (`at_most`) or, when failed, none at all."""

    state: State
    amount: Any
    on: date
    reasons: tuple[Reason, ...]
    at_most: Any = None
    changes_on: date | None = None


Milestone = Callable[[Timeline, str, date], Reached]
Amount = Callable[[Timeline, str, date], Fixed]


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
            if state is FAILED:
                worst = FAILED
            elif state is OPEN and worst is MET:
                worst = OPEN
            if change is not None:
                changes_on = earliest(changes_on, change)
        return worst, reasons, None if worst is FAILED else changes_on

    return check
