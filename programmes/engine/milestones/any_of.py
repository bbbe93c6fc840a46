"""Reached when the first of several milestones is."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AliasChoices, Field

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, OPEN, Milestone, Reached, earliest

if TYPE_CHECKING:
    from programmes.engine.milestones.registry import MilestoneRule


class AnyReached(Rule):
    kind: Literal["any_of"]
    milestones: Annotated[
        tuple["MilestoneRule", ...], Field(min_length=1, validation_alias=AliasChoices("milestones", "conditions"))
    ]

    def milestone(self) -> Milestone:
        milestones = [milestone.milestone() for milestone in self.milestones]

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            found = [one(timeline, placement, day) for one in milestones]
            met = [one for one in found if one[0] is MET]
            if met:
                return min(met, key=lambda one: one[1])
            waiting = [one for one in found if one[0] is OPEN]
            reasons = tuple(reason for one in waiting or found for reason in one[2])
            return OPEN if waiting else FAILED, date.max, reasons, earliest(*[one[3] for one in waiting])

        return reached

    @property
    def of_placement(self) -> bool:
        return all(milestone.of_placement for milestone in self.milestones)
