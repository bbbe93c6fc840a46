"""Reached when a period has passed since something happened, unless something else came between."""

from datetime import date
from typing import Literal

from programmes.engine.facts import KINDS
from programmes.engine.fields import FactName, PeriodField, Rule
from programmes.engine.milestones.awaiting import on_day
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import OPEN, Milestone, Reached


class Elapsed(Rule):
    kind: Literal["elapsed"]
    since: FactName
    period: PeriodField
    unless: tuple[FactName, ...] = ()

    def milestone(self) -> Milestone:
        find, kind, period = first(self.since), self.since, self.period
        settle = on_day(self.unless)
        not_begun: Reached = (OPEN, date.max, (("period_not_begun", OPEN, (period, kind), ()),), None)

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            start = find(timeline, placement, day)
            if start is None:
                return not_begun
            awaited = period.after(start.on)
            return settle(timeline, placement, day, start, awaited, "period", (period, kind, start.on))

        return reached

    @property
    def of_placement(self) -> bool:
        return KINDS[self.since].of_placement
