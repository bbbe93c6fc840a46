"""The engine, beside zen-engine and a hand-written function, on the same decision."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import zen

from programmes import documents
from programmes.engine import reading
from programmes.engine.assess import compiled
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import Timeline
from tests.bench.measuring import Bench

CASES = 4000
CASE_FILE = Path(__file__).parent.parent / "programmes/cases/cooptation_bonus.yaml"
AS_OF = date(2026, 6, 1)


def _facts() -> list[Any]:
    story = documents.parse(CASE_FILE.read_text())["cases"][0]["facts"][1:]
    facts = reading.timeline({"facts": story}).facts
    assert len(facts) == 8
    return facts


STORY = _facts()
FACTS = [[replace(fact, on=fact.on + timedelta(n % 20)) for fact in STORY] for n in range(CASES)]
ASSESS = compiled(RuleSet.read(documents.preset("cooptation_bonus")))


def ours() -> int:
    """Index and assess timelines of eight facts, reasons included."""
    for facts in FACTS:
        ASSESS(Timeline(facts), AS_OF)
    return CASES


TABLE = [
    {"_id": "1", "known": "true", "state": '"lapsed"', "amount": "0"},
    {"_id": "2", "consented": "false", "state": '"open"', "amount": "0"},
    {"_id": "3", "after": "<= 31", "worked": ">= 60", "state": '"due"', "amount": "1200"},
    {"_id": "4", "after": "<= 548", "worked": ">= 60", "state": '"due"', "amount": "800"},
    {"_id": "5", "after": "> 548", "state": '"lapsed"', "amount": "0"},
    {"_id": "6", "state": '"open"', "amount": "0"},
]
INPUTS = ("known", "consented", "after", "worked")


def _node(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, **more}


GRAPH = {
    "nodes": [
        _node("in", "inputNode"),
        _node(
            "table",
            "decisionTableNode",
            content={
                "hitPolicy": "first",
                "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
                "outputs": [{"id": name, "name": name, "field": name} for name in ("state", "amount")],
                "rules": TABLE,
            },
        ),
        _node("out", "outputNode"),
    ],
    "edges": [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
    ],
}
ROWS = [{"known": False, "consented": True, "after": 29, "worked": 60.5 + n % 5} for n in range(CASES)]
ENGINE = zen.ZenEngine({"loader": {"type": "static", "content": {"bonus": GRAPH}}})


def zen_plain() -> int:
    """The same decision on flat rows, by zen-engine."""
    for row in ROWS:
        ENGINE.evaluate("bonus", row)
    return CASES


def zen_traced() -> int:
    """The same, with a trace."""
    for row in ROWS:
        ENGINE.evaluate("bonus", row, {"trace": True})
    return CASES


def _by_hand(row: dict[str, Any]) -> tuple[str, int]:
    if row["known"]:
        return "lapsed", 0
    if not row["consented"] or row["worked"] < 60:
        return "open", 0
    return ("due", 1200) if row["after"] <= 31 else ("due", 800) if row["after"] <= 548 else ("lapsed", 0)


def by_hand() -> int:
    """The same decision on flat rows, by a function written for it."""
    for _ in range(10):
        for row in ROWS:
            _by_hand(row)
    return CASES * 10


def benches() -> list[Bench]:
    return [
        Bench("assess a case, with reasons / zen-engine", 1.0, ours, zen_plain),
        Bench("assess a case, with reasons / zen-engine with trace", 2.5, ours, zen_traced),
        Bench("assess a case, with reasons / a hand-written function", 0.1, ours, by_hand),
    ]
