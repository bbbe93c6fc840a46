"""Rule sets and timelines as YAML or JSON documents, and the presets that ship with the product."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from programmes.engine.mistakes import Mistake, Refused

PRESETS = Path(__file__).parent / "presets"
BLANK = {
    "schema": 1,
    "case": "referral",
    "currency": "EUR",
    "eligibility": [{"kind": "candidate_unknown"}, {"kind": "consent_given"}],
    "rewards": [
        {
            "id": "bonus",
            "to": "introducer",
            "owed_by": "organisation",
            "amount": {"kind": "fixed", "amount": "500.00"},
            "instalments": [{"share": "100%", "when": {"kind": "fact", "fact": "started"}}],
        }
    ],
    "duplicates": {"policy": "first", "known_within": "ever", "owned_for": "P18M"},
    "payment": {"routes": ["invoice", "payroll"], "within": "P30D"},
}
"""What a programme begins with that follows no preset."""
LONGEST, DEEPEST = 200_000, 40


class _ExactLoader(yaml.SafeLoader):
    """Reads plain values as YAML 1.2 does (`on` is a key, not a truth; 1:30 is a text), 20.5 as an exact decimal
    and 2026-01-20 as a date; refuses a key that stands twice, and aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.constructor.ConstructorError(
                None,
                None,
                "aliases are not used here",
                self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "tag", None) is not None:
            raise yaml.constructor.ConstructorError(None, None, "tags are not used here", event.start_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.constructor.ConstructorError(None, None, "this is nested too deeply", event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key} stands here twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal | str:
    text = str(loader.construct_scalar(node))
    try:
        return Decimal(text.replace("_", ""))
    except ArithmeticError:
        return text  # .inf, .nan and the like: refused where a number is wanted


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date | str:
    text = str(loader.construct_scalar(node))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text  # 2026-02-30: refused where a date is wanted


for _tag, _pattern, _starts in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?\d+", "-+0123456789"),
    ("float", r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+0123456789."),
    ("timestamp", r"\d{4}-\d{2}-\d{2}", "0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _ExactLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_starts))
_ExactLoader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value)))
_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
_ExactLoader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def parse(text: str) -> Any:
    """Read a YAML (or JSON) document; Refused when it is none."""
    if len(text) > LONGEST:
        raise Refused([Mistake("", "too_long_document", {"most": LONGEST})])
    try:
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused([Mistake("", "not_yaml", {"problem": _problem(error)})]) from None


def _problem(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return str(error).splitlines()[0]


def preset_names() -> list[str]:
    """Return the names of the presets, alphabetically."""
    return sorted(path.stem for path in PRESETS.glob("*.yaml"))


def preset(name: str) -> Any:
    """Return the document of a preset; KeyError for a name that is none."""
    if name not in preset_names():
        raise KeyError(name)
    return parse((PRESETS / f"{name}.yaml").read_text(encoding="utf-8"))


def written(document: Any) -> str:
    """Write rules as YAML that `parse` reads back, in the order in which they are declared."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
