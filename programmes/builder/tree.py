"""A draft as a tree of inputs and cards, each with the path by which mistakes and edits name it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kernel.periods import Period
from programmes.builder.shapes import Part, Shape


@dataclass(frozen=True)
class Node:
    """A part of a draft with what stands in it; `kind` is what was chosen of a union's kinds."""

    path: str
    name: str
    part: Part
    value: Any
    kind: str = ""
    children: tuple["Node", ...] = ()
    key: str = ""
    """What a row of a table is for, as typed."""

    @property
    def shape(self) -> Shape:
        return self.part.shape

    @property
    def text(self) -> str:
        """What stands in an input."""
        return "" if self.value is None else str(self.value)

    @property
    def months(self) -> str:
        """The months of a period; or what was typed and is none."""
        period = _period(self.value)
        return str(period.months or "") if period else "" if self.value in (None, "ever") else str(self.value)

    @property
    def days(self) -> str:
        period = _period(self.value)
        return str(period.days or (0 if not period.months else "")) if period else ""

    @property
    def is_card(self) -> bool:
        return self.shape in (Shape.GROUP, Shape.UNION)


def tree(part: Part, value: Any, path: str = "", name: str = "", key: str = "") -> Node:
    """Return the tree of a document, or of a part of one, whatever is wrong with it."""
    node_kind = ""
    children: tuple[Node, ...] = ()
    if part.shape is Shape.UNION:
        node_kind = value["kind"] if isinstance(value, Mapping) and value.get("kind") in part.kinds else ""
        children = _held(part.kinds.get(node_kind, {}), value, path)
    elif part.shape is Shape.GROUP:
        children = _held(part.parts, value, path)
    elif part.shape is Shape.ITEMS and part.each and isinstance(value, list | tuple):
        children = tuple(tree(part.each, one, f"{path}.{number}", name) for number, one in enumerate(value))
    elif part.shape is Shape.TABLE and part.each and isinstance(value, Mapping):
        children = tuple(tree(part.each, one, _join(path, str(word)), name, str(word)) for word, one in value.items())
    return Node(path, name, part, value, node_kind, children, key)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all that it holds."""
    yield node
    for child in node.children:
        yield from walk(child)


def structure(node: Node) -> list[tuple[str, str]]:
    """Return what decides which inputs there are; the same before and after, the form need not be drawn anew."""
    return [(one.path, one.kind) for one in walk(node)]


def nearest(node: Node, path: str) -> str:
    """Return the path of the input or card that a mistake stands beside: its own, else the one that holds it."""
    known = {one.path for one in walk(node)}
    while path not in known:
        path = path.rpartition(".")[0]
    return path


def _held(parts: Mapping[str, Part], value: Any, path: str) -> tuple[Node, ...]:
    given = value if isinstance(value, Mapping) else {}
    return tuple(
        tree(part, given.get(name), _join(path, name), name)
        for name, part in parts.items()
        if part.shape is not Shape.FIXED
    )


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _period(value: Any) -> Period | None:
    try:
        return Period.parse(value)
    except (TypeError, ValueError):
        return None
