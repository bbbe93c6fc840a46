"""What is refused, where, and with which sentence."""

import copy
from typing import Any

import pytest

from programmes import documents, mistakes, reasons
from programmes.engine import reading
from programmes.engine.amounts.registry import AmountRule
from programmes.engine.conditions.registry import Condition
from programmes.engine.milestones.registry import MilestoneRule
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.questions import questions
from programmes.terms import terms_of
from tests.programmes.test_cases import FOLDER


def _changed(preset: str, path: str, value: Any) -> Any:
    document = copy.deepcopy(documents.preset(preset))
    *parts, last = path.split(".")
    here: Any = document
    for part in parts:
        here = here[int(part)] if isinstance(here, list) else here[part]
    here[int(last) if isinstance(here, list) else last] = value
    return document


def _refused(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        RuleSet.read(document)
    assert all(mistakes.sentence(mistake) for mistake in refused.value.mistakes)
    return [(mistake.path, mistake.code) for mistake in refused.value.mistakes]


COOPTATION = [
    ("colour", "red", "colour", "unknown_key"),
    ("schema", 2, "schema", "not_one_of"),
    ("schema", True, "schema", "not_one_of"),
    ("case", "party", "case", "not_one_of"),
    ("currency", "EURO", "currency", "unknown_currency"),
    ("currency", ["EUR"], "currency", "unknown_currency"),
    ("rewards", [], "rewards", "too_few"),
    ("eligibility", None, "eligibility", "not_a_list"),
    ("eligibility.0.kind", "nice", "eligibility.0.kind", "unknown_kind"),
    ("rewards.0.id", "Bonus!", "rewards.0.id", "not_a_name"),
    ("rewards.0.to", "nobody", "rewards.0.to", "not_one_of"),
    ("rewards.0.amount.from", "lunch", "rewards.0.amount.from", "unknown_fact"),
    ("rewards.0.amount.tiers.1.within", "P1M", "rewards.0.amount.tiers.1.within", "tiers_out_of_order"),
    ("rewards.0.amount.tiers.1.within", "18 months", "rewards.0.amount.tiers.1.within", "not_a_period"),
    ("rewards.0.amount.tiers.0.amount", "-1", "rewards.0.amount.tiers.0.amount", "negative_amount"),
    ("rewards.0.amount.tiers.0.amount", "NaN", "rewards.0.amount.tiers.0.amount", "not_an_amount"),
    ("rewards.0.amount.tiers.0.amount", "1.005", "rewards.0.amount.tiers.0.amount", "amount_too_precise"),
    ("rewards.0.amount.tiers.0.amount", 1200.5, "rewards.0.amount.tiers.0.amount", "not_an_amount"),
    ("rewards.0.instalments.0.share", "99%", "rewards.0.instalments", "shares_not_whole"),
    ("rewards.0.instalments.0.share", "101%", "rewards.0.instalments.0.share", "percentage_out_of_range"),
    ("rewards.0.instalments.0.share", 1, "rewards.0.instalments.0.share", "not_a_percentage"),
    ("rewards.0.instalments", None, "rewards.0.instalments", "missing"),
    ("rewards.0.instalments.0.when.days", 0, "rewards.0.instalments.0.when.days", "not_a_number_of_days"),
    ("rewards.0.instalments.0.when.days", "0.25", "rewards.0.instalments.0.when.days", "not_half_days"),
    ("duplicates.known_within", "long", "duplicates.known_within", "not_a_period"),
    ("payment.routes", [], "payment.routes", "too_few"),
    ("payment.routes", ["invoice", "invoice"], "payment.routes", "value_repeated"),
]


@pytest.mark.parametrize(("path", "value", "where", "code"), COOPTATION)
def test_a_bad_rule_set_is_refused_with_the_place_and_a_sentence(path: str, value: Any, where: str, code: str) -> None:
    assert _refused(_changed("cooptation_bonus", path, value)) == [(where, code)]


def test_two_rewards_with_one_id_are_refused() -> None:
    document = documents.preset("cooptation_bonus")
    document["rewards"].append(document["rewards"][0])
    assert _refused(document) == [("rewards.1.id", "id_repeated")]


@pytest.mark.parametrize(
    ("preset", "path", "value", "where", "code"),
    [
        (
            "revenue_share",
            "rewards.0.instalments",
            [{"share": "100%", "when": {"kind": "fact", "fact": "won"}}],
            "rewards.0.instalments",
            "instalments_refused",
        ),
        ("revenue_share", "rewards.0.amount.rate", "115%", "rewards.0.amount.rate", "percentage_out_of_range"),
        ("revenue_share", "rewards.0.amount.cap", {"by": "contribution"}, "rewards.0.amount.cap", "cap_unclear"),
        ("revenue_share", "rewards.0.split.0.share", "40%", "rewards.0.split", "shares_not_whole"),
        ("revenue_share", "rewards.0.split.1.to", "introducer", "rewards.0.split.1.to", "party_repeated"),
        ("revenue_share", "rewards.0.to", "introducer", "rewards.0.split", "party_twice"),
        ("new_business", "rewards.0.to", None, "rewards.0.to", "party_missing"),
        ("it_referral_bonus", "rewards.0.instalments.1.when.field", "birthday", "rewards.0.instalments.1.when.field", "no_date_field"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(preset: str, path: str, value: Any, where: str, code: str) -> None:
    assert _refused(_changed(preset, path, value)) == [(where, code)]


def test_one_mistake_is_named_once() -> None:
    document = _changed("cooptation_bonus", "rewards.0.instalments.0.when", {"kind": "fact", "fact": "lunch"})
    assert _refused(document) == [("rewards.0.instalments.0.when.fact", "unknown_fact")]


@pytest.mark.parametrize(
    ("fact", "where", "code"),
    [
        ({"fact": "placed"}, "facts.0.on", "missing"),
        ({"on": "2026-01-20"}, "facts.0.fact", "missing"),
        ({"on": "2026-02-30", "fact": "placed"}, "facts.0.on", "not_a_date"),
        ({"on": "2026-W04-2", "fact": "placed"}, "facts.0.on", "not_a_date"),
        ({"on": "2026-01-20", "fact": "lunch"}, "facts.0.fact", "unknown_fact"),
        ({"on": "2026-01-20", "fact": ["placed"]}, "facts.0.fact", "unknown_fact"),
        ({"on": "2026-01-20", "fact": "worked"}, "facts.0.days", "missing"),
        ({"on": "2026-01-20", "fact": "worked", "days": -1}, "facts.0.days", "negative_days"),
        ({"on": "2026-01-20", "fact": "worked", "days": "1e999999999"}, "facts.0.days", "not_a_number"),
        ({"on": "2026-01-20", "fact": "revenue", "amount": "1.005"}, "facts.0.amount", "more_than_two_decimals"),
        ({"on": "2026-01-20", "fact": "interviewed", "by": "Jo"}, "facts.0.by", "unknown_field"),
        ({"on": "2026-01-20", "fact": "started", "probation_ends": "soon"}, "facts.0.probation_ends", "not_a_date"),
        ("placed", "facts.0", "not_a_mapping"),
    ],
)
def test_a_bad_timeline_is_refused_with_the_place_and_a_sentence(fact: Any, where: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.timeline({"facts": [fact]})
    assert [(mistake.path, mistake.code) for mistake in refused.value.mistakes] == [(where, code)]
    assert mistakes.sentence(refused.value.mistakes[0])


@pytest.mark.parametrize(
    "text", ["a: [", "a: 1\na: 2", "&a [*a]", "!!python/object:os.system x", "{[a]: b}", "[" * 60, "\t"]
)
def test_what_is_no_plain_document_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        documents.parse(text)
    assert refused.value.mistakes[0].code == "not_yaml"


def test_numbers_and_keys_are_read_as_they_are_written() -> None:
    assert documents.parse("{on: 010, off: 20.5, no: yes}") == {"on": 10, "off": documents.Decimal("20.5"), "no": "yes"}


def _kinds(union: Any) -> set[str]:
    return {member.model_fields["kind"].annotation.__args__[0] for member in union.__args__[0].__args__}


def test_every_kind_has_worked_cases_of_its_own() -> None:
    written = {
        family: "\n".join(path.read_text() for path in FOLDER.glob(f"{family}_*.yaml"))
        for family in ("condition", "amount", "milestone")
    }
    presets = "\n".join(path.read_text() for path in documents.PRESETS.glob("*.yaml"))
    kinds = {"condition": _kinds(Condition), "amount": _kinds(AmountRule), "milestone": _kinds(MilestoneRule)}
    missing = [
        (family, kind)
        for family, found in kinds.items()
        for kind in found
        if f"kind: {kind}" not in written[family] + presets
    ]
    assert missing == []


@pytest.mark.parametrize("preset", documents.preset_names())
def test_a_preset_is_stored_and_read_again_as_it_was(preset: str) -> None:
    rules = RuleSet.read(documents.preset(preset))
    assert RuleSet.read(rules.document()) == rules


@pytest.mark.parametrize("preset", documents.preset_names())
def test_a_preset_reads_as_sentences(preset: str) -> None:
    terms = terms_of(RuleSet.read(documents.preset(preset)))
    assert all(reward.amounts for reward in terms.rewards)
    assert terms.payment in (
        "Paid within 30 days after it is earned.",
        "Paid within 30 days after who remits it paid, or earlier where the organisation advances it.",
        "Added to what you saved as soon as it is earned.",
        "It counts for the pot of the year, as soon as it is earned.",
    )


def test_the_sentences_of_the_cooptation_bonus() -> None:
    (reward,) = terms_of(RuleSet.read(documents.preset("cooptation_bonus"))).rewards
    assert reward.amounts == [
        "EUR 1,200.00 if the placement comes within 1 month of the first interview",
        "EUR 800.00 if the placement comes within 18 months of the first interview",
    ]
    assert reward.moments == ["Earned once 60 days were worked at the client."]


def test_what_a_network_is_asked_is_answered_in_its_words() -> None:
    share, coins, bonus = (
        {one.question: one.answer for one in questions(RuleSet.read(documents.preset(name)))}
        for name in ("revenue_share", "coins_talks", "cooptation_bonus")
    )
    assert "it rests on trust" in share["Who pays it?"]
    assert "Medium: a warm introduction" in share["How much was a contribution worth?"]
    assert "divided over all coins" in coins["What is a coin worth?"]
    assert not {"Who pays it?", "What is a coin worth?", "How much was a contribution worth?"} & set(bonus)
    assert "What if somebody else recommends the same person?" not in share
    (reward,) = terms_of(RuleSet.read(documents.preset("revenue_share"))).rewards
    assert reward.moments[0] == "Who lands the work remits it, from the turnover of each month."


def test_every_reason_can_be_said() -> None:
    for code, sentence in reasons.SENTENCES.items():
        assert all(f"%({name})s" in str(sentence.text) for name in sentence.names if name != "unit"), code
