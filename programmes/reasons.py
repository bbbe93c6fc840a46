"""The sentences of the engine's reasons: a code's parameters, by name and form, and its words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from programmes import wording
from programmes.engine.verdict import Reason

FORMS: dict[str, Callable[[Any], str]] = {
    "fact": wording.fact,
    "other": wording.fact,
    "on": wording.day,
    "other_on": wording.day,
    "last": wording.day,
    "period": wording.period,
    "name": wording.word,
    "value": wording.word,
    "listed": str,
    "level": wording.word,
    "days": wording.days,
    "wanted": wording.days,
}


class Sentence(NamedTuple):
    """The names of a reason's parameters, in order, and the text that they stand in."""

    names: tuple[str, ...]
    text: str | Promise


def _say(names: str, text: str | Promise) -> Sentence:
    return Sentence(tuple(names.split()), text)


SENTENCES: dict[str, Sentence] = {
    # amounts
    "amount_fixed": _say("amount", _("The amount is %(amount)s.")),
    "points_fixed": _say("amount unit", _("It is worth %(amount)s.")),
    "tiers_not_begun": _say("fact amount", _("Up to %(amount)s, depending on how soon; it counts from %(fact)s.")),
    "tier_running": _say(
        "amount other other_on fact last",
        _("%(amount)s if %(fact)s comes on or before %(last)s; it counts from %(other)s on %(other_on)s."),
    ),
    "tier_reached": _say(
        "amount other other_on fact on last",
        _("%(amount)s: %(fact)s on %(on)s came by %(last)s, counted from %(other)s on %(other_on)s."),
    ),
    "tiers_late": _say(
        "other other_on fact on last",
        _("No amount: %(fact)s on %(on)s came after %(last)s, counted from %(other)s on %(other_on)s."),
    ),
    "tiers_missed": _say(
        "other other_on fact last",
        _("No amount: %(fact)s had not come by %(last)s, counted from %(other)s on %(other_on)s."),
    ),
    "attribute_for_amount_awaited": _say(
        "name amount", _("Up to %(amount)s; the amount follows from the placement's %(name)s, not yet known.")
    ),
    "amount_by_attribute": _say("amount name value", _("%(amount)s, because the placement's %(name)s is %(value)s.")),
    "attribute_without_amount": _say("name value", _("No amount is promised where %(name)s is %(value)s.")),
    "share_of_revenue": _say(
        "rate turnover cap amount",
        _("%(rate)s of %(turnover)s of turnover so far, at most %(cap)s: %(amount)s in all."),
    ),
    "contribution_declared": _say(
        "level on amount", _("The contribution was declared as %(level)s on %(on)s: at most %(amount)s.")
    ),
    "contribution_awaited": _say(
        "amount", _("The contribution has not been declared yet; the cap is at most %(amount)s.")
    ),
    "contribution_without_cap": _say(
        "level on", _("No cap is set for the contribution %(level)s, declared on %(on)s.")
    ),
    # milestones
    "days_worked_reached": _say("wanted on", _("%(wanted)s days were worked by %(on)s.")),
    "days_worked_awaited": _say("days wanted", _("%(days)s of %(wanted)s days worked.")),
    "period_not_begun": _say("period fact", _("Due %(period)s after %(fact)s.")),
    "period_passed": _say("period fact on last", _("%(period)s after %(fact)s on %(on)s passed on %(last)s.")),
    "period_running": _say("period fact on last", _("%(period)s after %(fact)s on %(on)s: that is %(last)s.")),
    "carried_date_passed": _say("name last", _("The date agreed (%(name)s) was %(last)s.")),
    "carried_date_running": _say("name last", _("The date agreed (%(name)s) is %(last)s.")),
    "date_not_carried": _say("fact on name", _("The date (%(name)s) is not known yet; %(fact)s was on %(on)s.")),
    "milestone_prevented": _say("fact on last", _("Not reached: %(fact)s came on %(on)s, before %(last)s.")),
    # conditions
    "fact_awaited": _say("fact", _("Waiting for %(fact)s.")),
    "fact_recorded": _say("fact on", _("%(fact)s: %(on)s.")),
    "fact_absent": _say("fact", _("Not recorded, as it should be: %(fact)s.")),
    "fact_present": _say("fact on", _("Excluded by %(fact)s on %(on)s.")),
    "within_not_begun": _say("fact other period", _("%(fact)s must come within %(period)s of %(other)s.")),
    "within_running": _say(
        "fact other other_on last", _("%(fact)s must come by %(last)s, counted from %(other)s on %(other_on)s.")
    ),
    "within_met": _say(
        "fact on other other_on last",
        _("%(fact)s on %(on)s came by %(last)s, counted from %(other)s on %(other_on)s."),
    ),
    "within_late": _say(
        "fact on other other_on last",
        _("%(fact)s on %(on)s came after %(last)s, counted from %(other)s on %(other_on)s."),
    ),
    "within_missed": _say(
        "fact other other_on last", _("%(fact)s did not come by %(last)s, counted from %(other)s on %(other_on)s.")
    ),
    "attribute_awaited": _say(
        "name listed", _("The placement's %(name)s must be one of: %(listed)s; it is not known yet.")
    ),
    "attribute_fits": _say("name value", _("The placement's %(name)s is %(value)s.")),
    "attribute_differs": _say("name value listed", _("The placement's %(name)s is %(value)s, not one of: %(listed)s.")),
    "candidate_unknown": _say("", _("The organisation did not know this person yet.")),
    "candidate_known": _say("on", _("The organisation knew this person already (recorded on %(on)s).")),
    "introduced_by_another": _say("on", _("Another member's introduction of this person counts (recorded on %(on)s).")),
    "consented": _say("on", _("The person agreed on %(on)s.")),
    "consent_awaited": _say("", _("The person has not answered yet.")),
    "consent_refused": _say("on", _("The person declined on %(on)s.")),
    "consent_withdrawn": _say("on", _("The person withdrew their agreement on %(on)s.")),
    "introducer_active": _say("", _("The introducer belongs to the organisation.")),
    "introducer_left": _say("on", _("The introducer left the organisation on %(on)s.")),
    "nothing_excludes": _say("", _("Nothing excludes this.")),
    "excluded": _say("", _("Excluded, because of what follows.")),
    # endings
    "case_ended": _say("fact on", _("The case ended on %(on)s: %(fact)s.")),
}
MONEY = frozenset({"amount", "turnover", "cap"})


def sentence(reason: Reason, unit: str) -> str:
    """Write a reason in the language in force; `unit` is the currency (or coin, point) of its amounts."""
    code, _state, params, _keys = reason
    names, text = SENTENCES[code]
    written = {name: _written(name, value, unit) for name, value in zip(names, params, strict=True)}
    return str(capfirst(str(text) % written))


def _written(name: str, value: Any, unit: str) -> str:
    if name in MONEY:
        return wording.money(value, unit)
    if name == "rate":
        return f"{wording.days(Decimal(value))}\N{NO-BREAK SPACE}%"
    return FORMS[name](value) if name in FORMS else str(value)
