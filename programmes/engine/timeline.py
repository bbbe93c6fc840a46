"""The dated facts of one case, indexed for the questions that rules ask."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, Final

from programmes.engine.facts import CASE, CASE_WIDE, ENDINGS

NO_PLACEMENT_NAMED = "1"
"""The placement of facts that name none, and of a case that has none yet."""

_DATE = attrgetter("on")


@dataclass(slots=True)
class Fact:
    """Something that happened on a day. `placement` is empty for what counts for the whole case."""

    # Final, not frozen: mypy refuses changes just as well, and a fact is made at a quarter of the price.
    on: Final[date]
    kind: Final[str]
    placement: Final[str]
    values: Final[Mapping[str, Any]]
    key: Final[int]


class Timeline:
    """Facts by date; on one date in the order in which they were given. Holds facts of the future too:
    every question names the day on which it is asked."""

    __slots__ = ("case", "facts", "of", "since")

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = sorted(facts, key=_DATE)
        self.case: dict[str, list[Fact]] = {}
        self.of = {CASE: self.case}
        self.since: dict[str, date] = {}
        of, since = self.of, self.since
        placement, kinds = CASE, self.case
        for fact in self.facts:
            if fact.placement != placement:
                placement = fact.placement
                if placement not in of:
                    since[placement] = fact.on
                    of[placement] = {}
                kinds = of[placement]
            kind = fact.kind
            if kind in kinds:
                kinds[kind].append(fact)
            else:
                kinds[kind] = [fact]

    def placements(self, day: date) -> list[str]:
        """Placements known by a day, by the date of their `placed`, else `won`, else first fact; "1" if none."""
        known = []
        for placement, since in self.since.items():
            if since > day:
                break
            known.append(placement)
        if len(known) < 2:
            return known or [NO_PLACEMENT_NAMED]
        return sorted(known, key=partial(self._agreed, day))

    def _agreed(self, day: date, placement: str) -> tuple[date, int]:
        """The date of the fact by which a placement is ordered, and its place in the timeline."""
        kinds = self.of[placement]
        known = (kinds[kind][0] for kind in ("placed", "won") if kind in kinds and kinds[kind][0].on <= day)
        fact = next(known, None) or next(fact for fact in self.facts if fact.placement == placement)
        return fact.on, self.facts.index(fact)

    def ending(self, day: date) -> Fact | None:
        """The fact that ended the case before this day; an ending works from the day after its own."""
        if ENDINGS.isdisjoint(self.case):
            return None
        ended = None
        for fact in self.facts:
            if fact.on > day:
                break
            if fact.kind in ENDINGS and fact.on < day and not ended:
                ended = fact
            elif fact.kind == "reopened":
                ended = None
        return ended

    def ends_on(self, day: date) -> bool:
        """Whether an ending of this very day stands, so that it works from tomorrow."""
        todays = [
            fact.kind for fact in self.facts if fact.on == day and (fact.kind in ENDINGS or fact.kind == "reopened")
        ]
        return bool(todays) and todays[-1] in ENDINGS


First = Callable[[Timeline, str, date], Fact | None]
_NOTHING: dict[str, list[Fact]] = {}


def first(kind: str, everywhere: bool = False) -> First:
    """Compile the question "the first fact of this kind, for this placement, known on this day"."""

    def of_case(timeline: Timeline, placement: str, day: date) -> Fact | None:
        facts = timeline.case.get(kind)
        return facts[0] if facts and facts[0].on <= day else None

    def of_placement(timeline: Timeline, placement: str, day: date) -> Fact | None:
        facts = timeline.of.get(placement, _NOTHING).get(kind)
        return facts[0] if facts and facts[0].on <= day else None

    def of_any(timeline: Timeline, placement: str, day: date) -> Fact | None:
        return next((fact for fact in timeline.facts if fact.kind == kind and fact.on <= day), None)

    return of_case if kind in CASE_WIDE else of_any if everywhere else of_placement


def attribute(timeline: Timeline, placement: str, name: str, day: date) -> tuple[str, Fact] | None:
    """The value of a placement's attribute, and the first `placed` that says it."""
    for fact in timeline.of.get(placement, _NOTHING).get("placed", ()):
        if fact.on > day:
            break
        if name in fact.values:
            return fact.values[name], fact
    return None
