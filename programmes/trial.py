"""Trying rules: facts typed by hand, or taken from a case, and what they would bring. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programmes.engine import reading
from programmes.engine.amounts.by_attribute import ByAttribute
from programmes.engine.assess import assess
from programmes.engine.assessment import Assessment
from programmes.engine.facts import CASE, KINDS
from programmes.engine.mistakes import Mistake, Refused
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import NO_PLACEMENT_NAMED, Fact
from programmes.examples import story

MOST_ROWS = 80
OF_PLACEMENT = "placement"


@dataclass(frozen=True)
class Row:
    """One fact as it was typed: texts, right or wrong."""

    on: str
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    """The fields that this kind of fact has, the placement first where it counts for one."""

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [(name, self.values.get(name, "")) for name in self.names]


@dataclass(frozen=True)
class Trial:
    """The rows, what is wrong with them by their number and field, and what comes of them."""

    rows: list[Row]
    mistakes: list[Mistake]
    assessment: Assessment | None


def attempt(rules: RuleSet, rows: Iterable[tuple[str, str, Mapping[str, str]]], as_of: date) -> Trial:
    """Assess rows of date, kind and fields under rules."""
    typed = [_row(rules, on, kind, values) for on, kind, values in list(rows)[:MOST_ROWS]]
    try:
        timeline = reading.timeline({"facts": [_entry(row) for row in typed]})
    except Refused as refused:
        return Trial(typed, refused.mistakes, None)
    return Trial(typed, [], assess(rules, timeline, as_of))


def rows_of(facts: Iterable[Fact]) -> list[tuple[str, str, dict[str, str]]]:
    """Return facts as rows."""
    found = []
    for fact in facts:
        values = {name: str(value) for name, value in fact.values.items()}
        if fact.placement != CASE:
            values[OF_PLACEMENT] = fact.placement
        found.append((fact.on.isoformat(), fact.kind, values))
    return found


def beginning(rules: RuleSet, start: date) -> list[tuple[str, str, dict[str, str]]]:
    """Return the rows of an imagined case that goes well."""
    return [
        (on.isoformat(), kind, {name: str(value) for name, value in values.items()})
        for on, kind, _placement, values in story(rules, start)[:14]
    ]


def _row(rules: RuleSet, on: str, kind: str, values: Mapping[str, str]) -> Row:
    known = KINDS.get(kind)
    if not known:
        return Row(on, kind)
    own = [*known.fields, *(attributes(rules) if known.attributes else ())]
    names = dict.fromkeys(([OF_PLACEMENT] if known.of_placement else []) + own)
    given = {OF_PLACEMENT: NO_PLACEMENT_NAMED} | {name: value for name, value in values.items() if value}
    return Row(on, kind, given, tuple(names))


def _entry(row: Row) -> dict[str, Any]:
    values = {name: row.values[name] for name in row.names if row.values.get(name)}
    return {"on": row.on, "fact": row.kind} | values


def attributes(rules: RuleSet) -> list[str]:
    """The properties of a placement that rules ask for."""
    found = [reward.amount.attribute for reward in rules.rewards if isinstance(reward.amount, ByAttribute)]
    return sorted({*found, *(name for one in rules.eligibility for name in _asked(one))})


def _asked(condition: Any) -> Iterator[str]:
    if condition.kind == "attribute":
        yield condition.name
    for nested in getattr(condition, "conditions", ()):
        yield from _asked(nested)
