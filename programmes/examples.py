"""Worked examples of a rule set: imagined cases with real dates, and what the engine makes of them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from kernel.periods import Period
from programmes.engine.amounts.by_attribute import ByAttribute
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.assess import assess
from programmes.engine.assessment import DUE, LAPSED, Entitlement
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import Fact, Timeline

MOST = 4
PLACEMENT = "1"
MONTH = Period(1, 0)
DELAYS = (Period(0, 14), Period(3, 0), Period(8, 0), Period(20, 0))
"""How long after the interview the placement comes, in the examples."""
DAYS_A_MONTH, MONTHS, TURNOVER = Decimal(20), 14, Decimal(9000)


@dataclass(frozen=True)
class Example:
    """An imagined case: the facts on which its outcome rests, and what it brings."""

    facts: list[Fact]
    entitlements: list[Entitlement]

    @property
    def total(self) -> Decimal:
        due = (one.amount for one in self.entitlements if one.state is DUE and one.amount)
        return sum(due, Decimal(0))

    @property
    def unit(self) -> str:
        return self.entitlements[0].unit


def examples(rules: RuleSet, start: date, party: str = "introducer") -> list[Example]:
    """Return a few cases that turn out differently, those that bring most first, and one that brings nothing."""
    found: dict[tuple[Any, ...], Example] = {}
    for story in _stories(rules, start):
        facts = [Fact(on, kind, placement, values, key) for key, (on, kind, placement, values) in enumerate(story, 1)]
        assessed = assess(rules, Timeline(facts), date.max).entitlements
        mine = [one for one in assessed if one.to == party]
        due = [one for one in mine if one.state is DUE]
        told = due or [one for one in mine if one.state is LAPSED]
        if not told:
            continue
        outcome = tuple((one.reward, one.instalment, one.amount) for one in due)
        resting = {key for one in told for reason in one.because for key in reason[3]}
        found.setdefault(outcome, Example([fact for fact in facts if fact.key in resting], told))
    best = sorted(found.values(), key=lambda one: -one.total)
    return best[:MOST]


Told = tuple[date, str, str, dict[str, Any]]
"""Date, kind, placement, fields."""


def story(rules: RuleSet, start: date) -> list[Told]:
    """Return an imagined case that goes well."""
    return next(_stories(rules, start))


def _stories(rules: RuleSet, start: date) -> Iterator[list[Told]]:
    match rules.case:
        case "referral":
            for values, delay in product(_attributes(rules), DELAYS):
                yield _referral(start, delay, values)
            yield [
                (start, "submitted", "", {}),
                (start, "known_candidate", "", {}),
                *_referral(start, DELAYS[0], {})[1:],
            ]
        case "lead":
            yield [(start, "submitted", "", {}), (start + timedelta(45), "lead_won", "", {})]
        case "opportunity":
            for level in _levels(rules):
                yield _opportunity(start, level)
            yield [(start, "submitted", "", {}), *_talks(start), (start + timedelta(60), "closed", "", {})]
        case _:
            for kind in ("member_joined", "publicity_confirmed"):
                yield [(start, "submitted", "", {}), (start + timedelta(14), kind, "", {})]


def _referral(start: date, delay: Period, values: dict[str, Any]) -> list[Told]:
    interviewed = start + timedelta(10)
    placed = delay.after(interviewed)
    began = placed + timedelta(14)
    steps: list[Told] = [
        (start, "submitted", "", {}),
        (start + timedelta(1), "consented", "", {}),
        (start + timedelta(4), "contacted", "", {}),
        (interviewed, "interviewed", "", {}),
        (placed - timedelta(6), "presented", "", {}),
        (placed - timedelta(2), "offered", "", {}),
        (placed, "placed", PLACEMENT, values),
        (began, "started", PLACEMENT, {}),
        (Period(3, 0).after(began), "probation_passed", PLACEMENT, {}),
    ]
    months = (_month_end(began, number) for number in range(MONTHS))
    worked: list[Told] = [(on, "worked", PLACEMENT, {"days": DAYS_A_MONTH}) for on in months]
    return sorted(steps + worked, key=lambda told: told[0])


def _talks(start: date) -> list[Told]:
    return [(start + timedelta(9), "talks_held", PLACEMENT, {})]


def _opportunity(start: date, level: str) -> list[Told]:
    won = start + timedelta(30)
    turnover: Iterable[Told] = (
        (_month_end(won, number), "revenue", PLACEMENT, {"amount": TURNOVER}) for number in range(MONTHS)
    )
    begun: list[Told] = [
        (start, "submitted", "", {}),
        *_talks(start),
        (won, "won", PLACEMENT, {}),
        (won, "contribution_declared", "", {"level": level}),
    ]
    return [*begun, *turnover]


def _attributes(rules: RuleSet) -> list[dict[str, Any]]:
    """The attributes that a placement can have, as far as the rules tell them apart."""
    for reward in rules.rewards:
        if isinstance(reward.amount, ByAttribute):
            return [{reward.amount.attribute: value} for value in reward.amount.amounts_]
    wanted = {one.name: one.in_[0] for one in rules.eligibility if one.kind == "attribute"}
    return [wanted]


def _levels(rules: RuleSet) -> list[str]:
    for reward in rules.rewards:
        if isinstance(reward.amount, ShareOfRevenue) and reward.amount.cap.amounts:
            return list(reward.amount.cap.amounts)
    return ["medium"]


def _month_end(day: date, number: int) -> date:
    first = day.replace(day=1)
    return Period(number + 1, 0).after(first) - timedelta(1)
