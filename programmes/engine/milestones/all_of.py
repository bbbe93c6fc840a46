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
            reasons = tuple(reason for one in found for reason in one.reasons)
            if any(one.state is FAILED for one in found):
                return Reached(FAILED, date.max, reasons)
            if all(one.state is MET for one in found):
                return Reached(MET, max(one.on for one in found), reasons)
            return Reached(OPEN, date.max, reasons, earliest(*[one.changes_on for one in found]))

        return reached
