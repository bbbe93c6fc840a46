"""Met as long as none of several conditions is; one that is still open counts as not met."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, Check, Verdict

if TYPE_CHECKING:
    from programmes.engine.conditions.registry import Condition


class NoneOf(Rule):
    kind: Literal["none_of"]
    conditions: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def check(self) -> Check:
        checks = [condition.check() for condition in self.conditions]
        clear: Verdict = (MET, (("nothing_excludes", MET, (), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            for one in checks:
                state, reasons, _ = one(timeline, placement, day)
                if state is MET:
                    keys = tuple(key for reason in reasons for key in reason[3])
                    return FAILED, (("excluded", FAILED, (), keys), *reasons), None
            return clear

        return check
