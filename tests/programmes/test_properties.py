"""What must hold for every timeline, whatever happened."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import documents
from programmes.engine import reading
from programmes.engine.assess import assess
from programmes.engine.assessment import Entitlement
from programmes.engine.rules import RuleSet

FIRST = date(2026, 1, 1)
PRESETS = ["cooptation_bonus", "it_referral_bonus", "it_referral_points", "revenue_share", "coins_talks"]
RULES = {name: RuleSet.read(documents.preset(name)) for name in PRESETS}
DAYS = st.integers(0, 400).map(lambda n: FIRST + timedelta(n))
PLACEMENTS = st.sampled_from(["1", "2"])
SIMPLE = st.sampled_from(
    "submitted known_candidate consented consent_refused consent_withdrawn interviewed rejected closed reopened".split()
)


def _fact(kind: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"on": DAYS, "fact": st.just(kind), **fields})


FACTS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"on": DAYS, "fact": SIMPLE}),
        _fact("placed", placement=PLACEMENTS, seniority=st.sampled_from(["junior", "senior", "none"])),
        _fact("started", placement=PLACEMENTS, probation_ends=DAYS),
        _fact("left", placement=PLACEMENTS),
        _fact("talks_held", placement=PLACEMENTS),
        _fact("won", placement=PLACEMENTS),
        _fact("worked", placement=PLACEMENTS, days=st.integers(1, 60)),
        _fact("revenue", placement=PLACEMENTS, amount=st.decimals(-9000, 90000, places=2)),
        _fact("contribution_declared", level=st.sampled_from(["small", "large", "none"])),
    ),
    max_size=14,
)
presets = pytest.mark.parametrize("preset", PRESETS)


def _timeline(facts: list[dict[str, Any]]) -> Any:
    return reading.timeline({"facts": facts})


def _due(preset: str, facts: list[dict[str, Any]], as_of: date) -> list[Any]:
    found = assess(RULES[preset], _timeline(facts), as_of).entitlements
    return [(one.reward, one.to, one.placement, one.amount, one.due_on) for one in found if one.state == "due"]


@presets
@given(FACTS, DAYS, DAYS)
def test_later_facts_never_change_what_fell_due(
    preset: str, facts: list[dict[str, Any]], one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    due = _due(preset, facts, earlier)
    assert [entry for entry in _due(preset, facts, later) if entry in due] == due


@presets
@given(FACTS, DAYS, st.randoms())
def test_the_order_of_facts_on_different_dates_does_not_matter(
    preset: str, facts: list[dict[str, Any]], as_of: date, random: Any
) -> None:
    by_date = {fact["on"]: fact for fact in facts}
    shuffled = list(by_date.values())
    random.shuffle(shuffled)
    assert _due(preset, list(by_date.values()), as_of) == _due(preset, shuffled, as_of)


def _said(entitlements: list[Entitlement]) -> list[Entitlement]:
    """What is said; the reasons of what lapsed for good may still tell of a date that passes."""
    return [one._replace(because=()) if one.state == "lapsed" else one for one in entitlements]


@presets
@given(FACTS, DAYS)
def test_nothing_changes_by_itself_before_the_next_check(preset: str, facts: list[dict[str, Any]], as_of: date) -> None:
    known = [fact for fact in facts if fact["on"] <= as_of]
    now = assess(RULES[preset], _timeline(known), as_of)
    eve = now.next_check_on - timedelta(1) if now.next_check_on else as_of + timedelta(3000)
    assert _said(assess(RULES[preset], _timeline(known), eve).entitlements) == _said(now.entitlements)


@presets
@given(FACTS, DAYS)
def test_facts_of_the_future_do_not_exist_yet(preset: str, facts: list[dict[str, Any]], as_of: date) -> None:
    known = [fact for fact in facts if fact["on"] <= as_of]
    wanted = [
        one._replace(because=(), revenue=None) for one in assess(RULES[preset], _timeline(known), as_of).entitlements
    ]
    found = [
        one._replace(because=(), revenue=None) for one in assess(RULES[preset], _timeline(facts), as_of).entitlements
    ]
    assert found == wanted


@given(FACTS)
def test_parts_of_a_share_sum_to_the_whole(facts: list[dict[str, Any]]) -> None:
    facts.append({"on": FIRST, "fact": "contribution_declared", "level": "large"})
    found = assess(RULES["revenue_share"], _timeline(facts), FIRST + timedelta(500)).entitlements
    levels = [fact["level"] for fact in sorted(facts, key=lambda fact: fact["on"]) if "level" in fact]
    cap = {"small": Decimal(5000), "large": Decimal(10000)}.get(levels[0])
    if cap is None:
        assert {one.state for one in found} <= {"lapsed"}
        return
    total = owed = Decimal(0)
    for fact in sorted((fact for fact in facts if fact["fact"] == "revenue"), key=lambda fact: fact["on"]):
        total += fact["amount"]
        owed = max(Decimal(0), min((total * 15 / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP"), cap))
    assert sum((one.amount or Decimal(0) for one in found), Decimal(0)) == owed
