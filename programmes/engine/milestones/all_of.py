"""Reached when the last of several milestones is."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AliasChoices, Field

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, OPEN, Milestone, Reached, earliest

if TYPE_CHECKING:
    from programmes.engine.milestones.registry import MilestoneRule


class AllReached(Rule):
    kind: Literal["all_of"]
    milestones: Annotated[
        tuple["MilestoneRule", ...], Field(min_length=1, validation_alias=AliasChoices("milestones", "conditions"))
    ]

    def milestone(self) -> Milestone:
        milestones = [milestone.milestone() for milestone in self.milestones]

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            found = [one(timeline, placement, day) for one in milestones]
            reasons = tuple(reason for one in found for reason in one[2])
            states = {one[0] for one in found}
            if FAILED in states:
                return FAILED, date.max, reasons, None
            if OPEN in states:
                return OPEN, date.max, reasons, earliest(*[one[3] for one in found])
            return MET, max(one[1] for one in found), reasons, None

        return reached

    @property
    def of_placement(self) -> bool:
        return any(milestone.of_placement for milestone in self.milestones)
