"""Reached on a date that a fact carries, unless something else came before it."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from programmes.engine.facts import KINDS, Value
from programmes.engine.fields import FactName, PeriodField, Rule
from programmes.engine.milestones.awaiting import on_day
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import OPEN, Milestone, Reached


class CarriedDate(Rule):
    kind: Literal["date"]
    fact: FactName
    field: str
    otherwise: PeriodField | None = None
    unless: tuple[FactName, ...] = ()

    def milestone(self) -> Milestone:
        find, kind, field, otherwise = first(self.fact), self.fact, self.field, self.otherwise
        settle = on_day(self.unless)
        not_yet: Reached = (OPEN, date.max, (("fact_awaited", OPEN, (kind,), ()),), None)

        def reached(timeline: Timeline, placement: str, day: date) -> Reached:
            fact = find(timeline, placement, day)
            if fact is None:
                return not_yet
            carried: date | None = fact.values.get(field)
            if carried is not None:
                return settle(timeline, placement, day, fact, carried, "carried_date", (field,))
            if otherwise is None:
                reason = ("date_not_carried", OPEN, (kind, fact.on, field), (fact.key,))
                return OPEN, date.max, (reason,), None
            return settle(
                timeline, placement, day, fact, otherwise.after(fact.on), "period", (otherwise, kind, fact.on)
            )

        return reached

    @property
    def of_placement(self) -> bool:
        return KINDS[self.fact].of_placement

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        dates = [name for name, value in KINDS[self.fact].fields.items() if value is Value.DATE]
        if self.field not in dates:
            yield Mistake(f"{path}.field", "no_date_field", {"fact": self.fact, "known": ", ".join(dates) or "-"})
