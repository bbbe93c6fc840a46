"""What `elapsed` and `date` share: a day that comes by itself, unless a listed fact lies on or before it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from programmes.engine.timeline import Fact, Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Reached

Settle = Callable[[Timeline, str, date, Fact, date, str, tuple[Any, ...]], Reached]


def on_day(unless: Sequence[str]) -> Settle:
    """Compile: given the fact that the awaited day follows from, say whether it was reached, is coming, or prevented.

    A day before that fact's own was not known before: it is reached on the day of the fact. Reasons are
    `<code>_passed`, `<code>_running` and `milestone_prevented`.
    """
    preventers = [(kind, first(kind)) for kind in unless]

    def settle(
        timeline: Timeline, placement: str, day: date, base: Fact, awaited: date, code: str, params: tuple[Any, ...]
    ) -> Reached:
        for kind, find in preventers:
            fact = find(timeline, placement, min(day, awaited))
            if fact is not None:
                prevented = ("milestone_prevented", FAILED, (kind, fact.on, awaited), (base.key, fact.key))
                return FAILED, date.max, (prevented,), None
        if awaited <= day:
            return MET, max(awaited, base.on), ((f"{code}_passed", MET, (*params, awaited), (base.key,)),), None
        return OPEN, date.max, ((f"{code}_running", OPEN, (*params, awaited), (base.key,)),), awaited

    return settle
