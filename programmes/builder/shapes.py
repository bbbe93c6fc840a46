"""How each part of a rule set is typed, read off the JSON schema that the rules themselves declare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from programmes.engine.rules import RuleSet

Schema = Mapping[str, Any]


class Shape(StrEnum):
    """What a part looks like in a form: an input of some sort, or something that holds others."""

    TEXT = "text"
    WHOLE = "whole"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    PERIOD = "period"
    EVER_OR_PERIOD = "ever_or_period"
    CHOICE = "choice"
    FACT = "fact"
    CHECKS = "checks"
    GROUP = "group"
    UNION = "union"
    ITEMS = "items"
    TABLE = "table"
    FIXED = "fixed"


FORMATS = {
    "amount": Shape.AMOUNT,
    "percentage": Shape.PERCENTAGE,
    "period": Shape.PERIOD,
    "ever_or_period": Shape.EVER_OR_PERIOD,
    "fact": Shape.FACT,
}


@dataclass(frozen=True)
class Part:
    """A part that rules declare: its shape, what can be chosen, and the parts that it holds.

    `kinds` are a union's, each with its own parts; `each` is what a list or table holds.
    """

    shape: Shape
    required: bool = True
    options: tuple[str, ...] = ()
    parts: Mapping[str, "Part"] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, "Part"]] = field(default_factory=dict)
    each: "Part | None" = None


@cache
def rule_set() -> Part:
    """Return the whole form of a rule set."""
    schema = RuleSet.model_json_schema(by_alias=True)
    return _Reader(schema["$defs"]).part(schema, required=True)


class _Reader:
    """Reads parts off a schema; kinds that hold kinds (any of several conditions) are read once, and refer to themselves."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self.definitions = definitions
        self.known: dict[str, dict[str, Part]] = {}

    def part(self, schema: Schema, *, required: bool) -> Part:
        schema, optional = self._plain(schema)
        required = required and not optional
        if "oneOf" in schema:
            kind_of = {ref: kind for kind, ref in schema["discriminator"]["mapping"].items()}
            kinds = {kind_of[one["$ref"]]: self._fields(one["$ref"]) for one in schema["oneOf"]}
            return Part(Shape.UNION, required, tuple(kinds), kinds=kinds)
        if "properties" in schema:
            return Part(Shape.GROUP, required, parts=self._parts(schema))
        if schema.get("type") == "object":
            return Part(Shape.TABLE, required, each=self.part(schema["additionalProperties"], required=True))
        if schema.get("type") == "array":
            each = self.part(schema["items"], required=True)
            return Part(Shape.CHECKS if each.shape is Shape.CHOICE else Shape.ITEMS, required, each.options, each=each)
        return Part(self._input(schema, required), required, self._options(schema))

    def _input(self, schema: Schema, required: bool) -> Shape:
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]]
        if "const" in schema:
            return Shape.FIXED if required else Shape.CHOICE
        if "enum" in schema:
            return Shape.CHOICE
        return Shape.WHOLE if schema.get("type") == "integer" else Shape.TEXT

    def _options(self, schema: Schema) -> tuple[str, ...]:
        return tuple(str(one) for one in schema.get("enum", [schema["const"]] if "const" in schema else []))

    def _plain(self, schema: Schema) -> tuple[Schema, bool]:
        """Follow references; take the null out of what may be left away, and say whether it may."""
        if "$ref" in schema:
            return self._plain(self.definitions[_name(schema["$ref"])])
        several = schema.get("anyOf", ())
        if any(one.get("type") == "null" for one in several):
            return self._plain(next(one for one in several if one.get("type") != "null"))[0], True
        return schema, False

    def _fields(self, ref: str) -> Mapping[str, Part]:
        name = _name(ref)
        if name not in self.known:
            self.known[name] = {}
            self.known[name].update(self._parts(self.definitions[name], without="kind"))
        return self.known[name]

    def _parts(self, schema: Schema, without: str = "") -> dict[str, Part]:
        wanted = set(schema.get("required", ()))
        # What has a value where nothing is said is not optional to who reads the form: something always stands there.
        parts = {
            name: self.part(one, required=name in wanted or bool(one.get("default")))
            for name, one in schema["properties"].items()
        }
        return {name: one for name, one in parts.items() if name != without}


def _name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]
