"""Met once one of several conditions is."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Verdict, earliest

if TYPE_CHECKING:
    from programmes.engine.conditions.registry import Condition


class AnyOf(Rule):
    kind: Literal["any_of"]
    conditions: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def check(self) -> Check:
        checks = [condition.check() for condition in self.conditions]

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            verdicts = [one(timeline, placement, day) for one in checks]
            for verdict in verdicts:
                if verdict[0] is MET:
                    return MET, verdict[1], None
            waiting = [verdict for verdict in verdicts if verdict[0] is OPEN]
            reasons = tuple(reason for verdict in waiting or verdicts for reason in verdict[1])
            return OPEN if waiting else FAILED, reasons, earliest(*[verdict[2] for verdict in waiting])

        return check
