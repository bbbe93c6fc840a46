"""What is wrong with a document, as data: where, and a code with parameters that a sentence is made of elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import ValidationError


class Mistake(NamedTuple):
    """`path` as in `rewards.0.amount.tiers.1.within`; `params` are what the sentence of `code` names."""

    path: str
    code: str
    params: dict[str, Any]


class Refused(ValueError):
    """A document that is not accepted, with every mistake found in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("; ".join(f"{mistake.path}: {mistake.code}" for mistake in self.mistakes))


class Checked(Protocol):
    """A kind that knows rules which its fields' types cannot say."""

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]: ...


OUR_CODES = frozenset(
    "not_an_amount negative_amount amount_too_high not_a_percentage percentage_out_of_range not_a_period "
    "period_too_long unknown_fact unknown_currency not_a_word not_a_number_of_days cap_unclear".split()
)
"""Codes that the fields' own validators raise."""

# pydantic's error type → our code, and which of its context to keep
_CODES = {
    "missing": ("missing", {}),
    "extra_forbidden": ("unknown_key", {}),
    "union_tag_invalid": ("unknown_kind", {"tag": "found", "expected_tags": "known"}),
    "union_tag_not_found": ("kind_missing", {}),
    "literal_error": ("not_one_of", {"expected": "known"}),
    "too_short": ("too_few", {"min_length": "least"}),
    "too_long": ("too_many", {"max_length": "most"}),
    "string_too_short": ("too_few_characters", {"min_length": "least"}),
    "string_too_long": ("too_many_characters", {"max_length": "most"}),
    "string_type": ("not_text", {}),
    "string_pattern_mismatch": ("not_a_name", {}),
    "list_type": ("not_a_list", {}),
    "tuple_type": ("not_a_list", {}),
    "dict_type": ("not_a_mapping", {}),
    "model_type": ("not_a_mapping", {}),
    "model_attributes_type": ("not_a_mapping", {}),
    "int_type": ("not_a_whole_number", {}),
    "int_from_float": ("not_a_whole_number", {}),
    "int_parsing": ("not_a_whole_number", {}),
    "greater_than": ("not_above", {"gt": "bound"}),
    "greater_than_equal": ("below", {"ge": "bound"}),
    "less_than_equal": ("above", {"le": "bound"}),
    "recursion_loop": ("nested_too_deeply", {}),
}


def from_pydantic(error: ValidationError, document: Any) -> list[Mistake]:
    """Translate pydantic's errors; paths name the document's own keys, never pydantic's union tags."""
    found = []
    details = error.errors(include_url=False, include_input=False)
    places = [detail["loc"] for detail in details]
    for detail in details:
        kind, loc = detail["type"], detail["loc"]
        if kind == "too_short" and any(other[: len(loc)] == loc and len(other) > len(loc) for other in places):
            continue  # pydantic counts good items only: those that are wrong are named already
        context: Mapping[str, Any] = detail.get("ctx", {})
        ours = kind in OUR_CODES
        code, keep = (kind, {}) if ours else _CODES.get(kind, ("not_understood", {}))
        params = dict(context) if ours else {to: context[name] for name, to in keep.items()}
        if code in ("unknown_key", "missing"):
            params["key"] = str(loc[-1])
        path = _path(loc, document)
        found.append(Mistake(f"{path}.kind" if code in ("unknown_kind", "kind_missing") else path, code, params))
    return found


def _path(loc: tuple[int | str, ...], document: Any) -> str:
    """Drop the tags that pydantic puts behind each place where a kind is chosen."""
    parts: list[str] = []
    here, tagged = document, False
    for part in loc:
        if isinstance(here, Mapping) and here.get("kind") == part and not tagged:
            tagged = True
            continue
        parts.append(str(part))
        tagged = False
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            here = None
    return ".".join(parts)
