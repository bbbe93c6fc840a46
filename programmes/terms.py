"""A rule set as sentences: what is promised, in the language in force. Made from the rules, never written beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import wording
from programmes.engine.rules import Instalment, Reward, RuleSet

Say = Callable[[Any, str], Iterator[str]]


@dataclass(frozen=True)
class RewardTerms:
    """What one reward promises: how much, when, and on which conditions."""

    amounts: list[str]
    moments: list[str]
    table: list[tuple[str, str]]
    """Each case that is told apart, and its amount."""


@dataclass(frozen=True)
class Terms:
    """A rule set's promises to an introducer."""

    rewards: list[RewardTerms]
    conditions: list[str]
    payment: str


def terms_of(rules: RuleSet, party: str = "introducer") -> Terms:
    """Return the sentences of what a rule set promises to a party."""
    rewards = [reward for reward in rules.rewards if party in dict(reward.portions)]
    return Terms(
        [_reward(reward, rules.currency) for reward in rewards],
        [line for condition in rules.eligibility for line in CONDITIONS[condition.kind](condition, rules.currency)],
        _payment(rules),
    )


def _payment(rules: RuleSet) -> str:
    if not rules.pays_money and rules.brings_coins:
        return _("It counts for the pot of the year, as soon as it is earned.")
    if not rules.pays_money:
        return _("Added to what you saved as soon as it is earned.")
    params = {"period": wording.period(rules.payment.within)}
    if rules.is_remitted:
        return (
            _("Paid within %(period)s after who remits it paid, or earlier where the organisation advances it.")
            % params
        )
    return _("Paid within %(period)s after it is earned.") % params


def _reward(reward: Reward, currency: str) -> RewardTerms:
    unit = reward.unit(currency)
    amounts = list(AMOUNTS[reward.amount.kind](reward.amount, unit))
    instalments = reward.instalments or ()
    moments = [line for one in instalments for line in _instalment(one, len(instalments), unit)]
    if reward.owed_by == "performer":
        moments.append(_("Who lands the work remits it, from the turnover of each month."))
    if reward.split:
        parts = [
            _("%(share)s to %(party)s") % {"share": _per_cent(part.share), "party": wording.word(part.to)}
            for part in reward.split
        ]
        moments.append(_("It is divided: %(parts)s.") % {"parts": ", ".join(parts)})
    return RewardTerms(amounts, moments, list(TABLES[reward.amount.kind](reward.amount, unit)))


def _instalment(instalment: Instalment, count: int, unit: str) -> Iterator[str]:
    share = _per_cent(instalment.share)
    for moment in MILESTONES[instalment.when.kind](instalment.when, unit):
        if count == 1:
            yield _("Earned %(moment)s.") % {"moment": moment}
        else:
            yield _("%(share)s of it is earned %(moment)s.") % {"share": share, "moment": moment}


def _per_cent(share: Decimal) -> str:
    return f"{wording.days(share)}\N{NO-BREAK SPACE}%"


def _fixed(amount: Any, unit: str) -> Iterator[str]:
    yield wording.money(amount.amount, unit)


def _points(amount: Any, unit: str) -> Iterator[str]:
    yield wording.money(amount.points, unit)


def _tiered(amount: Any, unit: str) -> Iterator[str]:
    for tier in amount.tiers:
        yield _("%(amount)s if %(fact)s comes within %(period)s of %(other)s") % {
            "amount": wording.money(tier.amount, unit),
            "fact": wording.fact(amount.until),
            "period": wording.period(tier.within),
            "other": wording.fact(amount.from_),
        }


def _by_attribute(amount: Any, unit: str) -> Iterator[str]:
    name = wording.word(amount.attribute)
    for value, one in amount.amounts_.items():
        params = {"amount": wording.money(one, unit), "name": name, "value": wording.word(value)}
        yield _("%(amount)s where %(name)s is %(value)s") % params
    if amount.otherwise is not None:
        yield _("%(amount)s otherwise") % {"amount": wording.money(amount.otherwise, unit)}


def _share(amount: Any, unit: str) -> Iterator[str]:
    rate = _per_cent(amount.rate)
    if amount.cap.amount is not None:
        yield _("%(rate)s of turnover, at most %(amount)s in all") % {
            "rate": rate,
            "amount": wording.money(amount.cap.amount, unit),
        }
    for level, cap in (amount.cap.amounts or {}).items():
        params = {"rate": rate, "amount": wording.money(cap, unit), "level": wording.word(level)}
        yield _("%(rate)s of turnover, at most %(amount)s in all where the contribution was %(level)s") % params


AMOUNTS: dict[str, Say] = {
    "fixed": _fixed,
    "points": _points,
    "tiered": _tiered,
    "by_attribute": _by_attribute,
    "share_of_revenue": _share,
}


def _table_of_one(amount: Any, unit: str) -> Iterator[tuple[str, str]]:
    for line in AMOUNTS[amount.kind](amount, unit):
        yield _("Always"), line


def _table_of_tiers(amount: Any, unit: str) -> Iterator[tuple[str, str]]:
    for tier in amount.tiers:
        within = _("%(fact)s within %(period)s of %(other)s") % {
            "fact": wording.fact(amount.until),
            "period": wording.period(tier.within),
            "other": wording.fact(amount.from_),
        }
        yield capfirst(within), wording.money(tier.amount, unit)


def _table_by_attribute(amount: Any, unit: str) -> Iterator[tuple[str, str]]:
    name = capfirst(wording.word(amount.attribute))
    for value, one in amount.amounts_.items():
        yield f"{name}: {wording.word(value)}", wording.money(one, unit)
    if amount.otherwise is not None:
        yield _("Otherwise"), wording.money(amount.otherwise, unit)


def _table_of_shares(amount: Any, unit: str) -> Iterator[tuple[str, str]]:
    rate = _per_cent(amount.rate)
    caps = {_("Turnover"): amount.cap.amount} if amount.cap.amount is not None else {}
    caps |= {
        _("Contribution: %(level)s") % {"level": wording.word(x)}: y for x, y in (amount.cap.amounts or {}).items()
    }
    for label, cap in caps.items():
        params = {"rate": rate, "amount": wording.money(cap, unit)}
        yield label, _("%(rate)s, at most %(amount)s") % params


TABLES: dict[str, Callable[[Any, str], Iterator[tuple[str, str]]]] = {
    "fixed": _table_of_one,
    "points": _table_of_one,
    "tiered": _table_of_tiers,
    "by_attribute": _table_by_attribute,
    "share_of_revenue": _table_of_shares,
}


def _on_fact(when: Any, unit: str) -> Iterator[str]:
    yield _("once %(clause)s") % {"clause": wording.happened(when.fact)}


def _on_days_worked(when: Any, unit: str) -> Iterator[str]:
    yield _("once %(days)s days were worked at the client") % {"days": wording.days(when.days)}


def _on_elapsed(when: Any, unit: str) -> Iterator[str]:
    params = {"period": wording.period(when.period), "fact": wording.fact(when.since), "unless": _unless(when)}
    yield _("%(period)s after %(fact)s%(unless)s") % params


def _on_date(when: Any, unit: str) -> Iterator[str]:
    params = {"name": wording.word(when.field), "fact": wording.fact(when.fact), "unless": _unless(when)}
    if when.otherwise is None:
        yield _("on the date agreed (%(name)s)%(unless)s") % params
    else:
        params["period"] = wording.period(when.otherwise)
        yield _("on the date agreed (%(name)s), else %(period)s after %(fact)s%(unless)s") % params


def _unless(when: Any) -> str:
    if not when.unless:
        return ""
    return _(", unless %(facts)s came first") % {"facts": ", ".join(wording.fact(fact) for fact in when.unless)}


def _all_reached(when: Any, unit: str) -> Iterator[str]:
    yield _(" and ").join(line for one in when.milestones for line in MILESTONES[one.kind](one, unit))


def _any_reached(when: Any, unit: str) -> Iterator[str]:
    yield _(" or ").join(line for one in when.milestones for line in MILESTONES[one.kind](one, unit))


MILESTONES: dict[str, Say] = {
    "fact": _on_fact,
    "days_worked": _on_days_worked,
    "elapsed": _on_elapsed,
    "date": _on_date,
    "all_of": _all_reached,
    "any_of": _any_reached,
}


def _if_fact(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only if %(clause)s.") % {"clause": wording.happened(condition.fact)}


def _if_no_fact(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only if %(clause)s.") % {"clause": wording.did_not_happen(condition.fact)}


def _if_within(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only if %(fact)s comes within %(period)s of %(other)s.") % {
        "fact": wording.fact(condition.fact),
        "period": wording.period(condition.period),
        "other": wording.fact(condition.of),
    }


def _if_attribute(condition: Any, unit: str) -> Iterator[str]:
    values = ", ".join(wording.word(value) for value in condition.in_)
    yield ngettext(
        "Only where %(name)s is %(values)s.", "Only where %(name)s is one of %(values)s.", len(condition.in_)
    ) % {"name": wording.word(condition.name), "values": values}


def _if_unknown(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only for someone whom the organisation did not know and nobody else introduced before.")


def _if_consented(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only if the person agrees to being recommended.")


def _if_active(condition: Any, unit: str) -> Iterator[str]:
    yield _("Only while you belong to the organisation.")


def _if_all(condition: Any, unit: str) -> Iterator[str]:
    for one in condition.conditions:
        yield from CONDITIONS[one.kind](one, unit)


def _if_any(condition: Any, unit: str) -> Iterator[str]:
    lines = [line for one in condition.conditions for line in CONDITIONS[one.kind](one, unit)]
    yield _("One of these is enough: %(lines)s") % {"lines": " ".join(lines)}


def _if_none(condition: Any, unit: str) -> Iterator[str]:
    lines = [line for one in condition.conditions for line in CONDITIONS[one.kind](one, unit)]
    yield _("None of these may hold: %(lines)s") % {"lines": " ".join(lines)}


CONDITIONS: dict[str, Say] = {
    "fact": _if_fact,
    "no_fact": _if_no_fact,
    "within": _if_within,
    "attribute": _if_attribute,
    "candidate_unknown": _if_unknown,
    "consent_given": _if_consented,
    "introducer_active": _if_active,
    "all_of": _if_all,
    "any_of": _if_any,
    "none_of": _if_none,
}
