"""The kinds of facts that can be said of a case, and the reading of a timeline from a document."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kernel.money import decimals

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_NUMBER, MOST_DIGITS, DECIMALS = 64, 12, 2
CASE = ""
"""The placement of facts that count for the whole case."""


class Value(StrEnum):
    """What a fact's own field holds."""

    TEXT = "text"
    DATE = "date"
    DAYS = "days"
    MONEY = "money"


@dataclass(frozen=True)
class FactKind:
    """A kind of fact: of one placement or of the whole case; its fields; whether it carries free attributes."""

    name: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    of_placement: bool = False
    attributes: bool = False


def _kind(name: str, *required: str, of_placement: bool = False, attributes: bool = False, **fields: Value) -> FactKind:
    return FactKind(name, fields, frozenset(required), of_placement, attributes)


KINDS: dict[str, FactKind] = {
    kind.name: kind
    for kind in (
        _kind("submitted"),
        _kind("known_candidate"),
        _kind("duplicate_of", case=Value.TEXT),
        _kind("consented"),
        _kind("consent_refused"),
        _kind("consent_withdrawn"),
        _kind("contacted"),
        _kind("interviewed"),
        _kind("presented"),
        _kind("offered"),
        _kind("placed", of_placement=True, attributes=True, client=Value.TEXT),
        _kind("started", of_placement=True, probation_ends=Value.DATE),
        _kind("worked", "days", of_placement=True, days=Value.DAYS),
        _kind("probation_passed", of_placement=True),
        _kind("left", of_placement=True),
        _kind("rejected", reason=Value.TEXT),
        _kind("withdrawn", reason=Value.TEXT),
        _kind("closed", reason=Value.TEXT),
        _kind("reopened"),
        _kind("lead_won", client=Value.TEXT),
        _kind("talks_held", of_placement=True, performer=Value.TEXT),
        _kind("won", of_placement=True, performer=Value.TEXT),
        _kind("contribution_declared", "level", level=Value.TEXT),
        _kind("revenue", "amount", of_placement=True, amount=Value.MONEY),
        _kind("member_joined"),
        _kind("publicity_confirmed"),
        _kind("introducer_left"),
    )
}
CASE_WIDE = frozenset(name for name, kind in KINDS.items() if not kind.of_placement)
ENDINGS = frozenset({"rejected", "withdrawn", "closed"})
CONSENTS = frozenset({"consented", "consent_refused", "consent_withdrawn"})


def day_of(value: Any) -> date | None:
    """Read a date, or a text such as 2026-01-20; None for anything else, moments included."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        return None


def text_of(value: Any) -> str | None:
    """Read a simple value as the text that attributes are compared by: true, 3 and 2.5 as "true", "3" and "2.5"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return None
    return str(value).strip() or None if isinstance(value, str | int | Decimal) else None


def shown(value: Any) -> str:
    """Write a value that was found where another was wanted, so that it can be shown: short, and always text."""
    text = text_of(value)
    return (type(value).__name__ if text is None else text)[:80].encode(errors="replace").decode()


def wrong(kind: FactKind, values: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (field, code, params) for each of a fact's own fields that is missing, unknown or of the wrong type."""
    for name in sorted(kind.required - values.keys()):
        yield name, "missing", {"key": name}
    for name, value in values.items():
        if not isinstance(name, str) or (name not in kind.fields and not kind.attributes):
            yield str(name), "unknown_field", {"fact": kind.name, "known": ", ".join(kind.fields) or "-"}
        elif value is None and name not in kind.required:
            continue
        elif code := _unfit(kind.fields.get(name, Value.TEXT), value):
            yield name, code, {}


def _unfit(wanted: Value, value: Any) -> str | None:
    if wanted is Value.DATE:
        return None if day_of(value) else "not_a_date"
    if wanted is Value.TEXT:
        return None if text_of(value) else "not_a_word"
    text = None if isinstance(value, bool | float) else text_of(value)
    try:
        number = Decimal(text) if text and text.isascii() else None
    except ArithmeticError:
        return "not_a_number"
    if number is None or not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return "not_a_number"
    if decimals(number) > DECIMALS:
        return "more_than_two_decimals"
    return "negative_days" if wanted is Value.DAYS and number < 0 else None


def read(kind: FactKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fact's fields (already found right) in the types the engine reckons with."""
    given = {name: value for name, value in values.items() if value is not None}
    return {name: _typed(kind.fields.get(name, Value.TEXT), value) for name, value in given.items()}


def _typed(wanted: Value, value: Any) -> Any:
    if wanted is Value.DATE:
        return day_of(value)
    if wanted is Value.TEXT:
        return text_of(value)
    return Decimal(str(text_of(value)))
