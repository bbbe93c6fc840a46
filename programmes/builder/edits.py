"""Changes of a draft's structure: a part added, removed, or moved; and two people's changes put together."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from programmes.builder.shapes import Part, Shape


class NoSuchPlaceError(LookupError):
    """An edit that names no place of the draft."""


class ConflictError(Exception):
    """Two changed the same place differently; the place's path is the first argument."""


def blank(part: Part) -> Any:
    """Return a part with nothing in it but what it cannot do without."""
    if part.shape is Shape.UNION:
        return {"kind": ""}
    if part.shape is Shape.GROUP:
        return _blank_parts(part.parts)
    if part.shape is Shape.ITEMS:
        assert part.each
        return [blank(part.each)]
    return ""


def add(whole: Part, document: Any, path: str) -> Any:
    """Return the document with one more row in the list or table at a path."""
    new = deepcopy(document)
    _holding, part, holder, name = _place(whole, new, path)
    if part.shape is Shape.TABLE:
        rows = _rows(holder, name, path, dict)
        rows.setdefault("", "")
    elif part.shape is Shape.ITEMS:
        assert part.each
        _rows(holder, name, path, list).append(blank(part.each))
    else:
        raise NoSuchPlaceError(path)
    return new


def remove(whole: Part, document: Any, path: str) -> Any:
    """Return the document without the row at a path."""
    new = deepcopy(document)
    holding, _part, rows, name = _place(whole, new, path)
    if isinstance(rows, list):
        rows.pop(_number(rows, name, path))
    elif holding.shape is Shape.TABLE and isinstance(rows, dict) and name in rows:
        del rows[name]
    else:
        raise NoSuchPlaceError(path)
    return new


def move(whole: Part, document: Any, path: str, by: int) -> Any:
    """Return the document with a row of a list moved up (-1) or down (1); at the end it stays where it is."""
    new = deepcopy(document)
    _holding, _part, rows, name = _place(whole, new, path)
    if not isinstance(rows, list):
        raise NoSuchPlaceError(path)
    number = _number(rows, name, path)
    to = min(max(number + by, 0), len(rows) - 1)
    rows.insert(to, rows.pop(number))
    return new


def merged(base: Any, mine: Any, theirs: Any, path: str = "") -> Any:
    """Return what two people made of one document; ConflictError where both changed the same place."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(base, Mapping) and isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        names = list(dict.fromkeys([*theirs, *mine]))
        found = {
            name: merged(base.get(name), mine.get(name), theirs.get(name), f"{path}.{name}" if path else name)
            for name in names
        }
        return {name: one for name, one in found.items() if one is not None}
    if all(isinstance(one, list) for one in (base, mine, theirs)) and len(base) == len(mine) == len(theirs):
        rows = enumerate(zip(base, mine, theirs, strict=True))
        return [merged(*three, f"{path}.{number}") for number, three in rows]
    raise ConflictError(path)


def _blank_parts(parts: Mapping[str, Part]) -> dict[str, Any]:
    holding = (Shape.UNION, Shape.GROUP, Shape.ITEMS)
    return {name: blank(part) for name, part in parts.items() if part.required and part.shape in holding}


def _place(whole: Part, document: Any, path: str) -> tuple[Part, Part, Any, str]:
    """Return the part that holds what is at a path, that part itself, what holds it in the document, and by which name."""
    *before, name = path.split(".")
    part, here = whole, document
    for step in before:
        part, here = _part_below(part, here, step, path), _below(here, step, path)
    return part, _part_below(part, here, name, path), here, name


def _rows(holder: Any, name: str, path: str, kind: type) -> Any:
    """Return the list or table to add to, made if there is none yet."""
    if not isinstance(holder, dict) or not isinstance(holder.setdefault(name, kind()), kind):
        raise NoSuchPlaceError(path)
    return holder[name]


def _part_below(part: Part, here: Any, step: str, path: str) -> Part:
    if part.shape in (Shape.ITEMS, Shape.TABLE) and part.each:
        return part.each
    kind = here.get("kind") if isinstance(here, Mapping) else None
    parts = part.kinds.get(str(kind), {}) if part.shape is Shape.UNION else part.parts
    if step not in parts:
        raise NoSuchPlaceError(path)
    return parts[step]


def _below(here: Any, step: str, path: str) -> Any:
    if isinstance(here, list):
        return here[_number(here, step, path)]
    if isinstance(here, dict) and step in here:
        return here[step]
    raise NoSuchPlaceError(path)


def _number(rows: list[Any], step: str, path: str) -> int:
    if not step.isdecimal() or len(step) > 4 or int(step) >= len(rows):
        raise NoSuchPlaceError(path)
    return int(step)
