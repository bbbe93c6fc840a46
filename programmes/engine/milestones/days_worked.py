"""Reached on the date of the entry with which the placement's days worked come to a number."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from kernel.money import ZERO, decimals
from programmes.engine.fields import Rule, decimal_of
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import MET, OPEN, Milestone, Reached

_NONE: dict[str, Any] = {}


def _days(value: Any) -> Decimal:
    days = decimal_of(value)
    if days is None or days <= 0 or days > 100_000:
        raise PydanticCustomError("not_a_number_of_days", "")
    return days


class DaysWorked(Rule):
    kind: Literal["days_worked"]
    days: Annotated[Decimal, BeforeValidator(_days)]

    def milestone(self) -> Milestone:
        wanted = self.days

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            total, keys = ZERO, []
            for fact in timeline.of.get(placement, _NONE).get("worked", ()):
                if fact.on > day:
                    break
                total += fact.values["days"]
                keys.append(fact.key)
                if total >= wanted:
                    reason = ("days_worked_reached", MET, (wanted, fact.on), tuple(keys))
                    return MET, fact.on, (reason,), None
            return OPEN, date.max, (("days_worked_awaited", OPEN, (total, wanted), tuple(keys)),), None

        return reached

    @property
    def of_placement(self) -> bool:
        return True

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        if decimals(self.days) > 1 or self.days * 2 % 1:
            yield Mistake(f"{path}.days", "not_half_days", {})
