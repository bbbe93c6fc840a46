"""Reached on the day something happens."""

from datetime import date
from typing import Literal

from programmes.engine.facts import KINDS
from programmes.engine.fields import FactName, Rule
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import MET, OPEN, Milestone, Reached


class FactReached(Rule):
    kind: Literal["fact"]
    fact: FactName

    def milestone(self) -> Milestone:
        find, kind = first(self.fact), self.fact
        awaited: Reached = (OPEN, date.max, (("fact_awaited", OPEN, (kind,), ()),), None)

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            fact = find(timeline, placement, day)
            if fact is None:
                return awaited
            return MET, fact.on, (("fact_recorded", MET, (kind, fact.on), (fact.key,)),), None

        return reached

    @property
    def of_placement(self) -> bool:
        return KINDS[self.fact].of_placement
