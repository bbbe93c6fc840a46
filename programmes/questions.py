"""What people ask about a programme, answered from its rules."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from programmes import wording
from programmes.engine.rules import RuleSet


class Answer(NamedTuple):
    """A question and its answer."""

    question: str
    answer: str


def questions(rules: RuleSet) -> list[Answer]:
    """Return the questions that a rule set answers, in the language in force."""
    return list(_questions(rules))


def policies(rules: RuleSet) -> list[str]:
    """Return what holds when several bring in one person, when someone is known, and how one is paid."""
    found = [_routes(rules)] if rules.pays_money else []
    if rules.case == "referral":
        found += [_duplicates(rules), _known(rules)]
    return found


def _questions(rules: RuleSet) -> Iterator[Answer]:
    if rules.pays_money:
        yield Answer(
            _("When do I get it?"),
            (
                _(
                    "As soon as turnover is told you see it under “My earnings”. Who lands the work gets an invoice; your "
                    "part is paid within %(period)s after they paid it, or at once where the organisation advances it."
                )
                if rules.is_remitted
                else _(
                    "As soon as it is earned you see it under “My earnings”. It is paid within %(period)s, counted from "
                    "the day on which it was earned or, if later, on which we heard of it."
                )
            )
            % {"period": wording.period(rules.payment.within)},
        )
        yield Answer(_("How am I paid?"), _routes(rules))
    elif rules.brings_coins:
        yield Answer(
            _("When do I get it?"),
            _("Coins count as soon as they are earned. What they bring is paid when the pot of the year was divided."),
        )
    else:
        yield Answer(_("When do I get it?"), _("At once: as soon as it is earned, it is added to what you saved."))
    if rules.case == "referral":
        yield Answer(_("What if somebody else recommends the same person?"), _duplicates(rules))
        yield Answer(_("What if you know this person already?"), _known(rules))
        yield Answer(
            _("What does the person hear?"),
            _(
                "They are asked first, by a link, and nobody calls them before they say yes. They see who recommended them."
            ),
        )
    yield from _of_a_network(rules)
    kinds = {one.kind for one in rules.eligibility}
    yield Answer(
        _("What if I leave the organisation?"),
        _("What was earned by then stays yours; what was not is no longer earned.")
        if "introducer_active" in kinds
        else _("Nothing changes: what you brought in goes on, and what it earns is yours."),
    )
    yield Answer(
        _("What if the rules change?"),
        _(
            "What you brought in keeps the version under which it was handed in. A new version holds for what comes later."
        ),
    )


def _of_a_network(rules: RuleSet) -> Iterator[Answer]:
    if rules.is_remitted:
        yield Answer(
            _("Who pays it?"),
            _(
                "Who lands the work. They negotiate and contract alone, say themselves each month what they invoiced, "
                "and get an invoice for their part. Nobody checks it: it rests on trust."
            ),
        )
    if levels := _levels(rules):
        yield Answer(
            _("How much was a contribution worth?"),
            _("Who lands the work says so, alone. %(levels)s.") % {"levels": ". ".join(levels)},
        )
    if rules.brings_coins:
        yield Answer(
            _("What is a coin worth?"),
            _(
                "After the end of each year the pot is divided over all coins of that year. On the page of the pot "
                "everybody can add it up, and read what a coin brought in earlier years."
            ),
        )


def _levels(rules: RuleSet) -> list[str]:
    """Return what the levels of a contribution mean by which a cap is chosen, in their order."""
    amounts = [one.amount for one in rules.rewards if one.amount.kind == "share_of_revenue"]
    named = {level for amount in amounts for level in amount.cap.amounts or {}}
    return [str(meaning) for level, meaning in wording.LEVELS.items() if level in named]


def _routes(rules: RuleSet) -> str:
    if set(rules.payment.routes) == {"invoice", "payroll"}:
        return _("On invoice, or through payroll if you are employed.")
    return _("On invoice.") if "invoice" in rules.payment.routes else _("Through payroll.")


def _duplicates(rules: RuleSet) -> str:
    params = {"period": wording.period(rules.duplicates.owned_for)}
    match rules.duplicates.policy:
        case "first":
            return _("Who was first counts, for %(period)s after handing the person in.") % params
        case "latest":
            return _("Who was last counts; an introduction holds for at most %(period)s.") % params
        case _:
            return (
                _("All who brought the person in share equally, for %(period)s after handing the person in.") % params
            )


def _known(rules: RuleSet) -> str:
    matters = any(one.kind == "candidate_unknown" for one in rules.eligibility)
    if not matters:
        return _("It does not matter whether the organisation knew the person already.")
    if isinstance(rules.duplicates.known_within, str):
        return _(
            "Nothing is earned for someone whom the organisation knew already, however long ago. The form says so at once."
        )
    return _(
        "Nothing is earned for someone whom the organisation knew within %(period)s before. The form says so at once."
    ) % {"period": wording.period(rules.duplicates.known_within)}
