"""Reading a draft from what a form sends: the names of inputs are the paths of the tree."""

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.money import amount_in
from kernel.periods import Period
from programmes.builder.shapes import Part, Shape

NOTHING: Any = object()
LONGEST_NUMBER = 9
LONGEST_NAME = 160
"""Characters of an input's name: what is nested deeper than anyone writes is not read."""


class Sent(Mapping[str, list[str]]):
    """What a form sent, by name."""

    def __init__(self, pairs: Iterable[tuple[str, list[str]]]) -> None:
        self._sent = {
            name: [value.replace("\0", "") for value in values] for name, values in pairs if len(name) <= LONGEST_NAME
        }

    def __getitem__(self, name: str) -> list[str]:
        return self._sent[name]

    def __iter__(self) -> Any:
        return iter(self._sent)

    def __len__(self) -> int:
        return len(self._sent)

    def text(self, name: str) -> str:
        values = self._sent.get(name)
        return values[-1].strip() if values else ""

    def numbers(self, path: str) -> list[int]:
        """The numbers of a list's or table's rows that were sent."""
        start = f"{path}."
        heads = {name[len(start) :].split(".", 1)[0] for name in self._sent if name.startswith(start)}
        return sorted(int(head) for head in heads if head.isdecimal() and len(head) < LONGEST_NUMBER)


def document(part: Part, sent: Sent) -> dict[str, Any]:
    """Return the document that a form describes; what is empty is left out, what is wrong stays as it was typed."""
    read = _read(part, sent, "")
    return read if isinstance(read, dict) else {}


def _read(part: Part, sent: Sent, path: str) -> Any:
    match part.shape:
        case Shape.GROUP:
            return _held(part.parts, sent, path)
        case Shape.UNION:
            kind = sent.text(f"{path}.kind")
            return {"kind": kind} | _held(part.kinds.get(kind, {}), sent, path)
        case Shape.ITEMS:
            assert part.each
            found = [_read(part.each, sent, f"{path}.{number}") for number in sent.numbers(path)]
            return [("" if one is NOTHING else one) for one in found] or NOTHING
        case Shape.TABLE:
            return _table(part, sent, path)
        case _:
            return _typed(part, sent, path)


def _typed(part: Part, sent: Sent, path: str) -> Any:
    text = sent.text(path)
    match part.shape:
        case Shape.CHECKS:
            return [one for one in sent.get(path, []) if one] or NOTHING
        case Shape.PERIOD:
            return _period(sent, path)
        case Shape.EVER_OR_PERIOD:
            return "ever" if sent.text(f"{path}.ever") == "ever" else _period(sent, path)
        case Shape.WHOLE if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER:
            return int(text)
        case Shape.FIXED:
            return int(part.options[0])
        case Shape.AMOUNT if text:
            amount = amount_in(text)
            return text if amount is None else str(amount)
        case Shape.PERCENTAGE if text:
            bare = text.removesuffix("%").strip()
            share = amount_in(bare)
            return f"{bare if share is None else share}%"
        case _:
            return text or NOTHING


def _held(parts: Mapping[str, Part], sent: Sent, path: str) -> dict[str, Any]:
    found = {name: _read(part, sent, f"{path}.{name}" if path else name) for name, part in parts.items()}
    return {name: one for name, one in found.items() if one is not NOTHING and (one != {} or parts[name].required)}


def _table(part: Part, sent: Sent, path: str) -> Any:
    """Rows of a key and a value each; a key that stands twice gets a number, so that neither row is lost."""
    assert part.each
    rows: dict[str, Any] = {}
    for number in sent.numbers(path):
        key = sent.text(f"{path}.{number}.key").replace(".", " ")
        while key in rows:  # typed twice
            key += " (2)"
        value = _read(part.each, sent, f"{path}.{number}.value")
        rows[key] = "" if value is NOTHING else value
    return rows or NOTHING


def _period(sent: Sent, path: str) -> Any:
    months, days = sent.text(f"{path}.months"), sent.text(f"{path}.days")
    if not months and not days:
        return NOTHING
    if not all(part.isascii() and part.isdecimal() for part in (months, days) if part):
        return f"{months} {days}".strip()
    return f"P{f'{int(months)}M' if months else ''}{f'{int(days)}D' if days else ''}"


def normal(part: Part, value: Any) -> Any:
    """Return good rules as the form would send them, so that what nobody changed compares as equal."""
    match part.shape:
        case Shape.GROUP:
            return _normal_parts(part.parts, value)
        case Shape.UNION:
            return {"kind": value["kind"]} | _normal_parts(part.kinds[value["kind"]], value)
        case Shape.ITEMS:
            assert part.each
            return [normal(part.each, one) for one in value]
        case Shape.TABLE:
            assert part.each
            return {key.replace(".", " "): normal(part.each, one) for key, one in value.items()}
        case Shape.PERIOD | Shape.EVER_OR_PERIOD if value != "ever":
            months, days = Period.parse(value)
            return f"P{f'{months}M' if months else ''}{f'{days}D' if days or not months else ''}"
        case _:
            return value


def _normal_parts(parts: Mapping[str, Part], value: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: normal(part, value[name]) for name, part in parts.items() if value.get(name) is not None}
    return {name: one for name, one in given.items() if one not in ([], {}) or parts[name].shape is Shape.GROUP}
