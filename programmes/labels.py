"""What the builder calls the parts of a rule set and what can be chosen in them, in the language in force."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import TypeAdapter, ValidationError

from programmes import wording
from programmes.builder.shapes import Shape
from programmes.builder.tree import Node
from programmes.engine.amounts.registry import AmountRule
from programmes.engine.conditions.registry import Condition
from programmes.engine.milestones.registry import MilestoneRule
from programmes.terms import AMOUNTS, CONDITIONS, MILESTONES

FIELDS: Mapping[str, Any] = {
    "case": _("For"),
    "currency": _("Currency"),
    "eligibility": _("Conditions"),
    "rewards": _("Rewards"),
    "duplicates": _("When two members bring in one person"),
    "payment": _("Payment"),
    "id": _("Short name"),
    "to": _("To"),
    "split": _("Divided over"),
    "owed_by": _("Owed by"),
    "amount": _("Amount"),
    "instalments": _("When it is earned"),
    "share": _("Share"),
    "when": _("Moment"),
    "from": _("Counted from"),
    "until": _("Until"),
    "tiers": _("Tiers"),
    "within": _("Within"),
    "attribute": _("Depends on"),
    "amounts": _("Amounts"),
    "otherwise": _("Otherwise"),
    "rate": _("Rate"),
    "cap": _("At most"),
    "by": _("Depends on"),
    "per": _("For each"),
    "points": _("Number"),
    "unit": _("Of"),
    "fact": _("What"),
    "of": _("Counted from"),
    "since": _("Counted from"),
    "period": _("Period"),
    "unless": _("Unless before that"),
    "days": _("Days worked"),
    "field": _("Date"),
    "scope": _("Looking at"),
    "name": _("Which property"),
    "in": _("One of"),
    "conditions": _("Conditions"),
    "milestones": _("Moments"),
    "policy": _("Who counts"),
    "known_within": _("Known to us means known within"),
    "owned_for": _("An introduction counts for"),
    "routes": _("Ways of being paid"),
}
HINTS: Mapping[str, Any] = {
    "id": _("Small letters, digits and underscores; it stays in the books."),
    "to": _("One party; or leave this empty and divide it over several."),
    "currency": _("Three letters, as in EUR."),
    "attribute": _("A property of the placement, such as seniority."),
    "name": _("A property of the placement, such as seniority or client."),
    "instalments": _("The shares add up to 100 %. A share of turnover has none: each month is one."),
    "unless": _("If one of these happens before, nothing is earned."),
}
ROWS: Mapping[str, Any] = {
    "eligibility": _("Condition"),
    "conditions": _("Condition"),
    "rewards": _("Reward"),
    "split": _("Part"),
    "instalments": _("Instalment"),
    "tiers": _("Tier"),
    "amounts": _("Amount"),
    "milestones": _("Moment"),
    "unless": _("Unless"),
    "in": _("Value"),
}
ADD: Mapping[str, Any] = {
    "eligibility": _("Add a condition"),
    "conditions": _("Add a condition"),
    "rewards": _("Add a reward"),
    "split": _("Divide it: add a part"),
    "instalments": _("Add an instalment"),
    "tiers": _("Add a tier"),
    "amounts": _("Add an amount"),
    "milestones": _("Add a moment"),
    "unless": _("Add an exception"),
    "in": _("Add a value"),
}
KINDS: Mapping[str, Any] = {
    "fact": _("Something happened"),
    "no_fact": _("Something did not happen"),
    "within": _("Something happened in time"),
    "attribute": _("A property of the placement"),
    "candidate_unknown": _("The person was unknown"),
    "consent_given": _("The person agreed"),
    "introducer_active": _("The introducer is still a member"),
    "all_of": _("All of these"),
    "any_of": _("One of these"),
    "none_of": _("None of these"),
    "fixed": _("A fixed amount"),
    "tiered": _("The sooner, the more"),
    "by_attribute": _("By a property of the placement"),
    "share_of_revenue": _("A share of turnover"),
    "points": _("Points or coins"),
    "days_worked": _("Days were worked"),
    "elapsed": _("A period passed"),
    "date": _("A date that was agreed"),
}
OPTIONS: Mapping[str, Any] = {
    "referral": _("Recommending a person"),
    "lead": _("Bringing in a client"),
    "opportunity": _("Sharing an opportunity"),
    "activity": _("Contributing in another way"),
    "first": _("Who was first"),
    "split": _("All of them, who share equally"),
    "latest": _("Who was last"),
    "invoice": _("On invoice"),
    "payroll": _("Through payroll"),
    "placement": _("Each placement"),
    "case": _("The whole case"),
    "coin": _("coins"),
    "point": _("points"),
    "contribution": _("the contribution that was declared"),
}
FACT_FIELDS: Mapping[str, Any] = {
    "placement": _("placement"),
    "client": _("client"),
    "case": _("case"),
    "days": _("days"),
    "amount": _("amount"),
    "level": _("contribution"),
    "reason": _("reason"),
    "performer": _("performer"),
}


def label(node: Node) -> str:
    """What an input or card is called: by its row's number in a list, else by its name."""
    if node.key:
        return node.key
    last = node.path.rsplit(".", 1)[-1]
    if last.isdecimal():
        return f"{ROWS.get(node.name, node.name)} {int(last) + 1}"
    return str(FIELDS.get(node.name, node.name))


def hint(node: Node) -> str:
    """A line that helps with filling in, or nothing."""
    return "" if node.path.rsplit(".", 1)[-1].isdecimal() else str(HINTS.get(node.name, ""))


def option(node: Node, value: str) -> str:
    """What a choice is called."""
    if node.shape is Shape.UNION:
        return str(KINDS.get(value, value))
    if node.shape is Shape.FACT or (node.part.each and node.part.each.shape is Shape.FACT):
        return wording.fact(value)
    return str(OPTIONS.get(value, wording.word(value)))


PRESETS: Mapping[str, Any] = {
    "cooptation_bonus": _("A bonus in tiers, the sooner the higher, once days were worked"),
    "it_referral_bonus": _("A bonus by seniority, half at the start and half after probation"),
    "it_referral_points": _("Points for an interview and for a hire"),
    "new_business": _("A premium for bringing in a client"),
    "revenue_share": _("A share of turnover up to a cap, with a pot"),
    "coins_member": _("Coins for bringing in a member"),
    "coins_publicity": _("Coins for publicity"),
    "coins_talks": _("Coins for an opportunity that led to talks alone"),
}


NETWORK = ("revenue_share", "coins_talks", "coins_publicity", "coins_member")
"""What a network runs: together they are one thing to begin with."""
USUAL_NAMES: Mapping[str, Any] = {
    "cooptation_bonus": pgettext_lazy("a programme", "Referral bonus"),
    "it_referral_bonus": pgettext_lazy("a programme", "Referral bonus"),
    "it_referral_points": pgettext_lazy("a programme", "Referral points"),
    "new_business": pgettext_lazy("a programme", "New business"),
    "revenue_share": pgettext_lazy("a programme", "Share of turnover"),
    "coins_talks": pgettext_lazy("a programme", "Coins for talks"),
    "coins_publicity": pgettext_lazy("a programme", "Coins for publicity"),
    "coins_member": pgettext_lazy("a programme", "Coins for new members"),
}


_SAYINGS = (
    (TypeAdapter[Any](Condition), CONDITIONS),
    (TypeAdapter[Any](AmountRule), AMOUNTS),
    (TypeAdapter[Any](MilestoneRule), MILESTONES),
)


def reading(node: Node, currency: str) -> str:
    """What a card says, as a sentence of the terms; nothing while it has mistakes."""
    for adapter, sayings in _SAYINGS:
        if node.shape is Shape.UNION and sayings.keys() == set(node.part.options):
            try:
                rule = adapter.validate_python(node.value)
                return "; ".join(sayings[rule.kind](rule, getattr(rule, "unit", currency)))
            except (ValidationError, KeyError):
                return ""
    return ""
