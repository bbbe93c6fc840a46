"""The builder's form: it shows what the rules declare, sends back what it showed, and keeps what two people did."""

from typing import Any

import pytest

from programmes import documents
from programmes.builder import edits, posted
from programmes.builder.posted import Sent
from programmes.builder.shapes import Shape, rule_set
from programmes.builder.tree import Node, nearest, tree, walk
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet

PRESETS = documents.preset_names()


def _rules(name: str) -> Any:
    return posted.normal(rule_set(), RuleSet.read(documents.preset(name)).document())


def sent_by(node: Node) -> dict[str, list[str]]:
    """Return what a browser sends for a form that shows this tree."""
    sent: dict[str, list[str]] = {}
    for one in walk(node):
        match one.shape:
            case Shape.UNION:
                sent[f"{one.path}.kind"] = [one.kind]
            case Shape.PERIOD | Shape.EVER_OR_PERIOD:
                sent[f"{one.path}.months"], sent[f"{one.path}.days"] = [one.months], [one.days]
                if one.value == "ever":
                    sent[f"{one.path}.ever"] = ["ever"]
            case Shape.CHECKS:
                sent[one.path] = [str(value) for value in one.value or []]
            case Shape.TABLE:
                for number, row in enumerate(one.children):
                    sent[f"{one.path}.{number}.key"] = [row.key]
                    sent[f"{one.path}.{number}.value"] = [row.text]
            case Shape.GROUP | Shape.ITEMS:
                pass
            case _:
                sent.setdefault(one.path, [one.text])
    return sent


@pytest.mark.parametrize("name", PRESETS)
def test_what_is_shown_comes_back_as_it_was(name: str) -> None:
    rules = _rules(name)
    back = posted.document(rule_set(), Sent(sent_by(tree(rule_set(), rules)).items()))
    assert RuleSet.read(back) == RuleSet.read(documents.preset(name))
    assert posted.normal(rule_set(), RuleSet.read(back).document()) == rules


@pytest.mark.parametrize("name", PRESETS)
def test_what_nobody_changed_merges_with_what_somebody_did(name: str) -> None:
    rules = _rules(name)
    mine = posted.document(rule_set(), Sent(sent_by(tree(rule_set(), rules)).items()))
    theirs = rules | {"currency": "USD"}
    assert RuleSet.read(edits.merged(rules, mine, theirs)).currency == "USD"


def test_changes_of_two_people_are_put_together() -> None:
    base = _rules("cooptation_bonus")
    mine, theirs = edits.add(rule_set(), base, "eligibility"), edits.add(rule_set(), base, "rewards")
    both = edits.merged(base, mine, theirs)
    assert (len(both["eligibility"]), len(both["rewards"])) == (3, 2)


def test_two_changes_of_one_place_are_a_conflict() -> None:
    base = _rules("cooptation_bonus")
    with pytest.raises(edits.ConflictError, match="currency"):
        edits.merged(base, base | {"currency": "USD"}, base | {"currency": "CHF"})
    with pytest.raises(edits.ConflictError, match="rewards"):
        edits.merged(base, edits.add(rule_set(), base, "rewards"), base | {"rewards": []})


def test_rows_are_added_moved_and_removed() -> None:
    rules = _rules("cooptation_bonus")
    more = edits.add(rule_set(), rules, "rewards.0.amount.tiers")
    assert len(more["rewards"][0]["amount"]["tiers"]) == 3
    moved = edits.move(rule_set(), more, "rewards.0.amount.tiers.0", 1)
    assert [tier.get("within") for tier in moved["rewards"][0]["amount"]["tiers"]] == ["P18M", "P1M", None]
    assert edits.remove(rule_set(), more, "rewards.0.amount.tiers.2") == rules


@pytest.mark.parametrize("path", ["", "nothing", "rewards.9", "rewards.0.amount.nothing", "case", "rewards.x"])
def test_an_edit_that_names_no_place_is_refused(path: str) -> None:
    for edit in (edits.add, edits.remove, lambda *given: edits.move(*given, by=1)):
        with pytest.raises(edits.NoSuchPlaceError):
            edit(rule_set(), _rules("cooptation_bonus"), path)


def test_every_kind_has_a_form_and_can_be_begun_blank() -> None:
    unions = {part.options: part for part in (node.part for node in walk(tree(rule_set(), _rules("revenue_share"))))}
    assert {"fixed", "tiered", "points"} <= {kind for options in unions for kind in options}
    blank = edits.blank(rule_set())
    with pytest.raises(Refused) as refused:
        RuleSet.read(blank)
    shown = tree(rule_set(), blank)
    places = [nearest(shown, mistake.path) for mistake in refused.value.mistakes if mistake.path != "schema"]
    assert {"case", "rewards.0.id", "rewards.0.amount"} <= set(places)


def test_what_is_wrong_stays_as_it_was_typed() -> None:
    sent = sent_by(tree(rule_set(), _rules("cooptation_bonus")))
    sent["rewards.0.amount.tiers.0.within.months"] = ["a month"]
    sent["rewards.0.amount.tiers.0.amount"] = ["much"]
    rules = posted.document(rule_set(), Sent(sent.items()))
    shown = {node.path: node for node in walk(tree(rule_set(), rules))}
    assert shown["rewards.0.amount.tiers.0.within"].months == "a month"
    assert shown["rewards.0.amount.tiers.0.amount"].text == "much"


def test_a_key_typed_twice_keeps_both_rows() -> None:
    sent = sent_by(tree(rule_set(), _rules("it_referral_bonus")))
    sent["rewards.0.amount.amounts.1.key"] = ["junior"]
    rules = posted.document(rule_set(), Sent(sent.items()))
    assert list(rules["rewards"][0]["amount"]["amounts"]) == ["junior", "junior (2)", "senior"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("7.500,00", "7500.00"), ("7500,00", "7500.00"), ("EUR", "EUR"), ("7500", "7500"), ("7.500", "7.500")],
)
def test_amounts_are_read_as_people_write_them(typed: str, read: str) -> None:
    sent = Sent(
        {"rewards.0.id": ["fee"], "rewards.0.amount.kind": ["fixed"], "rewards.0.amount.amount": [typed]}.items()
    )
    assert posted.document(rule_set(), sent)["rewards"][0]["amount"]["amount"] == read


def test_an_amount_that_could_be_two_is_refused() -> None:
    rules = documents.preset("revenue_share")
    rules["rewards"][0]["amount"]["cap"]["amounts"]["medium"] = "7.500"
    with pytest.raises(Refused) as refused:
        RuleSet.read(rules)
    assert [one.code for one in refused.value.mistakes] == ["amount_too_precise"]


@pytest.mark.parametrize(
    ("typed", "read"), [("12,5 %", "12.5%"), ("15", "15%"), ("33.333", "33.333%"), ("much", "much%")]
)
def test_percentages_are_read_as_people_write_them(typed: str, read: str) -> None:
    share = {"kind": "share_of_revenue", "rate": typed}
    sent = Sent({f"rewards.0.amount.{name}": [value] for name, value in share.items()}.items())
    assert posted.document(rule_set(), sent)["rewards"][0]["amount"]["rate"] == read
