"""Reading a timeline from a document: `{"facts": [{"on": 2026-01-20, "fact": "interviewed"}, …]}`."""

from collections.abc import Mapping
from typing import Any

from programmes.engine.facts import CASE, KINDS, day_of, read, shown, text_of, wrong
from programmes.engine.mistakes import Mistake, Refused
from programmes.engine.timeline import NO_PLACEMENT_NAMED, Fact, Timeline


def timeline(document: Any) -> Timeline:
    """Return the document's facts as a timeline; Refused with every mistake found."""
    if not isinstance(document, Mapping):
        raise Refused([Mistake("", "not_a_mapping", {})])
    mistakes = [Mistake(shown(key), "unknown_key", {"key": shown(key)}) for key in document if key != "facts"]
    entries = document.get("facts")
    if "facts" not in document:
        mistakes.append(Mistake("facts", "missing", {"key": "facts"}))
    elif not isinstance(entries, list):
        mistakes.append(Mistake("facts", "not_a_list", {}))
    facts = []
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        found = _mistakes(f"facts.{number}", entry)
        mistakes += found
        if not found:
            facts.append(_fact(entry, number))
    if mistakes:
        raise Refused(mistakes)
    return Timeline(facts)


def _mistakes(path: str, entry: Any) -> list[Mistake]:
    if not isinstance(entry, Mapping):
        return [Mistake(path, "not_a_mapping", {})]
    found = [Mistake(f"{path}.{key}", "missing", {"key": key}) for key in ("on", "fact") if key not in entry]
    if "on" in entry and not day_of(entry["on"]):
        found.append(Mistake(f"{path}.on", "not_a_date", {}))
    kind = KINDS.get(entry["fact"]) if isinstance(entry.get("fact"), str) else None
    if "fact" in entry and not kind:
        params = {"found": shown(entry["fact"]), "known": ", ".join(KINDS)}
        found.append(Mistake(f"{path}.fact", "unknown_fact", params))
    if kind:
        values = {key: value for key, value in entry.items() if key not in ("on", "fact")}
        placement = values.pop("placement", NO_PLACEMENT_NAMED) if kind.of_placement else NO_PLACEMENT_NAMED
        if text_of(placement) is None:
            found.append(Mistake(f"{path}.placement", "not_a_word", {}))
        found += [Mistake(f"{path}.{name}", code, params) for name, code, params in wrong(kind, values)]
    return found


def _fact(entry: Mapping[str, Any], key: int) -> Fact:
    kind = KINDS[entry["fact"]]
    placement = str(text_of(entry.get("placement", NO_PLACEMENT_NAMED))) if kind.of_placement else CASE
    values = {name: value for name, value in entry.items() if name not in ("on", "fact", "placement")}
    day = day_of(entry["on"])
    assert day is not None, "entries are checked before they are read"
    return Fact(day, kind.name, placement, read(kind, values), key)
