"""What `elapsed` and `date` share: a day that comes by itself, unless a listed fact lies on or before it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Reached

Settle = Callable[[Timeline, str, date, date, str, tuple[Any, ...], int], Reached]


def on_day(unless: Sequence[str]) -> Settle:
    """Compile: given the day awaited and what it follows from, say whether it was reached, is coming, or was prevented.

    Reasons are `<code>_passed`, `<code>_running` and `milestone_prevented`.
    """
    preventers = [(kind, first(kind)) for kind in unless]

    def settle(
        timeline: Timeline, placement: str, day: date, awaited: date, code: str, params: tuple[Any, ...], key: int
    ) -> Reached:
        for kind, find in preventers:
            fact = find(timeline, placement, min(day, awaited))
            if fact is not None:
                prevented = ("milestone_prevented", FAILED, (kind, fact.on, awaited), (key, fact.key))
                return Reached(FAILED, date.max, (prevented,))
        if awaited <= day:
            return Reached(MET, awaited, ((f"{code}_passed", MET, (*params, awaited), (key,)),))
        reason = (f"{code}_running", OPEN, (*params, awaited), (key,))
        return Reached(OPEN, date.max, (reason,), awaited)

    return settle
