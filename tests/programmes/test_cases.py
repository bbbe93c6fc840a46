"""The worked cases of `cases/*.yaml`: a rule set, facts, and what must be answered on which days."""

from pathlib import Path
from typing import Any

import pytest

from programmes import documents
from programmes.engine import reading
from programmes.engine.assess import assess
from programmes.engine.rules import RuleSet

FOLDER = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        document = documents.parse(path.read_text(encoding="utf-8"))
        for case in document["cases"]:
            rules = case.get("rules", document["rules"])
            found.append(pytest.param(rules, case, id=f"{path.stem}: {case['name']}"))
    return found


def _written(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


@pytest.mark.parametrize(("rules", "case"), _cases())
def test_worked_case(rules: Any, case: dict[str, Any]) -> None:
    rule_set = RuleSet.read(documents.preset(rules) if isinstance(rules, str) else rules)
    timeline = reading.timeline({"facts": case["facts"]})
    for expected in case["expect"]:
        assessment = assess(rule_set, timeline, expected["as_of"])
        if "next_check_on" in expected:
            assert assessment.next_check_on == expected["next_check_on"], expected["as_of"]
        wanted = expected["entitlements"]
        found = [
            {field: _written(getattr(one, field)) for field in fields}
            for one, fields in zip(assessment.entitlements, wanted, strict=True)
        ]
        assert found == [{field: _written(value) for field, value in one.items()} for one in wanted], expected["as_of"]
