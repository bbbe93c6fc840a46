"""How dates, money, periods and the names of facts are written for a reader, in the language in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from kernel.money import CURRENCIES, rounded
from kernel.periods import Period

FACTS: Mapping[str, Any] = {
    "submitted": gettext_lazy("the recommendation"),
    "known_candidate": gettext_lazy("the person was already known"),
    "duplicate_of": gettext_lazy("an earlier recommendation"),
    "consented": gettext_lazy("the person's agreement"),
    "consent_refused": gettext_lazy("the person's refusal"),
    "consent_withdrawn": gettext_lazy("the withdrawal of the person's agreement"),
    "contacted": gettext_lazy("the first contact"),
    "interviewed": gettext_lazy("the first interview"),
    "presented": gettext_lazy("the presentation to the client"),
    "offered": gettext_lazy("the offer"),
    "placed": gettext_lazy("the placement"),
    "started": gettext_lazy("the first day at work"),
    "worked": gettext_lazy("days worked"),
    "probation_passed": gettext_lazy("the end of probation"),
    "left": gettext_lazy("the departure"),
    "rejected": gettext_lazy("the rejection"),
    "withdrawn": gettext_lazy("the withdrawal"),
    "closed": gettext_lazy("the closing"),
    "reopened": gettext_lazy("the reopening"),
    "lead_won": gettext_lazy("the client's signature"),
    "talks_held": gettext_lazy("the first talks"),
    "won": gettext_lazy("the assignment won"),
    "contribution_declared": gettext_lazy("the declaration of the contribution"),
    "revenue": gettext_lazy("turnover"),
    "member_joined": gettext_lazy("the new member's joining"),
    "publicity_confirmed": gettext_lazy("publicity that is confirmed"),
    "introducer_left": gettext_lazy("the introducer's departure"),
}
CLAUSES: Mapping[str, tuple[Any, Any]] = {
    "submitted": (gettext_lazy("somebody was recommended"), gettext_lazy("nobody was recommended")),
    "known_candidate": (gettext_lazy("the person was already known"), gettext_lazy("the person was not known yet")),
    "duplicate_of": (
        gettext_lazy("the person was recommended before"),
        gettext_lazy("nobody recommended the person before"),
    ),
    "consented": (gettext_lazy("the person agreed"), gettext_lazy("the person did not agree")),
    "consent_refused": (gettext_lazy("the person refused"), gettext_lazy("the person did not refuse")),
    "consent_withdrawn": (
        gettext_lazy("the person withdrew their agreement"),
        gettext_lazy("the person did not withdraw their agreement"),
    ),
    "contacted": (gettext_lazy("the person was contacted"), gettext_lazy("the person was not contacted")),
    "interviewed": (gettext_lazy("there was an interview"), gettext_lazy("there was no interview")),
    "presented": (
        gettext_lazy("the person was presented to the client"),
        gettext_lazy("the person was not presented to the client"),
    ),
    "offered": (gettext_lazy("an offer was made"), gettext_lazy("no offer was made")),
    "placed": (gettext_lazy("the person was placed"), gettext_lazy("the person was not placed")),
    "started": (gettext_lazy("the person started work"), gettext_lazy("the person did not start work")),
    "worked": (gettext_lazy("days were worked"), gettext_lazy("no days were worked")),
    "probation_passed": (gettext_lazy("probation was passed"), gettext_lazy("probation was not passed")),
    "left": (gettext_lazy("the person left"), gettext_lazy("the person did not leave")),
    "rejected": (gettext_lazy("the person was rejected"), gettext_lazy("the person was not rejected")),
    "withdrawn": (gettext_lazy("the person withdrew"), gettext_lazy("the person did not withdraw")),
    "closed": (gettext_lazy("it was closed"), gettext_lazy("it was not closed")),
    "reopened": (gettext_lazy("it was reopened"), gettext_lazy("it was not reopened")),
    "lead_won": (gettext_lazy("the client signed"), gettext_lazy("the client did not sign")),
    "talks_held": (gettext_lazy("talks were held"), gettext_lazy("no talks were held")),
    "won": (gettext_lazy("an assignment was landed"), gettext_lazy("no assignment was landed")),
    "contribution_declared": (
        gettext_lazy("the contribution was declared"),
        gettext_lazy("the contribution was not declared"),
    ),
    "revenue": (gettext_lazy("turnover was told"), gettext_lazy("no turnover was told")),
    "member_joined": (
        gettext_lazy("the new member joined and paid the registration fee"),
        gettext_lazy("the new member did not join"),
    ),
    "publicity_confirmed": (
        gettext_lazy("there was publicity that is confirmed"),
        gettext_lazy("no publicity is confirmed"),
    ),
    "introducer_left": (gettext_lazy("the introducer left"), gettext_lazy("the introducer did not leave")),
}
"""That a kind of fact came, and that it did not, as what follows an "if"; in Dutch in the order of such a clause."""
WORDS: Mapping[str, Any] = {
    "introducer": gettext_lazy("the introducer"),
    "performer": gettext_lazy("the performer"),
    "organisation": gettext_lazy("the organisation"),
    "pot": gettext_lazy("the pot"),
    "seniority": gettext_lazy("seniority"),
    "junior": gettext_lazy("junior"),
    "medior": gettext_lazy("medior"),
    "senior": gettext_lazy("senior"),
    "small": gettext_lazy("small"),
    "medium": gettext_lazy("medium"),
    "large": gettext_lazy("large"),
    "probation_ends": gettext_lazy("probation ends"),
}


LEVELS: Mapping[str, Any] = {
    "small": gettext_lazy("Small: a name, a hint"),
    "medium": gettext_lazy("Medium: a warm introduction"),
    "large": gettext_lazy("Large: the client was as good as won"),
}
"""What the levels of a contribution mean."""


def money(amount: Decimal | int, unit: str) -> str:
    """Write an amount with its currency, or a number of coins or points."""
    if unit == "coin":
        return ngettext("%(count)s coin", "%(count)s coins", abs(int(amount))) % {"count": number_format(int(amount))}
    if unit == "point":
        return ngettext("%(count)s point", "%(count)s points", abs(int(amount))) % {"count": number_format(int(amount))}
    figure = number_format(
        rounded(Decimal(amount), CURRENCIES[unit]), decimal_pos=CURRENCIES[unit], use_l10n=True, force_grouping=True
    )
    return f"{unit} {figure}"


def day(value: date) -> str:
    """Write a date: 18 February 2026."""
    return date_format(value, "DATE_FORMAT")


def days(count: Decimal) -> str:
    """Write a number of days without needless decimals: 20.5, 60."""
    return number_format(count.normalize() if count % 1 else int(count))


def period(value: Period) -> str:
    """Write a period: 1 month, 18 months, 30 days."""
    parts = []
    if value.months:
        parts.append(ngettext("%(count)d month", "%(count)d months", value.months) % {"count": value.months})
    if value.days or not value.months:
        parts.append(ngettext("%(count)d day", "%(count)d days", value.days) % {"count": value.days})
    return gettext(" and ").join(parts)


def together(names: Sequence[str]) -> str:
    """Write names one after another: Eva, Iris and Bas."""
    return gettext(" and ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def word(value: str) -> str:
    """Write a value that an organisation chose itself, or our word for it in the reader's language."""
    return str(WORDS.get(value, value))


def happened(kind: str) -> str:
    """Write that a kind of fact came, as what follows an "if" or "once"."""
    return str(CLAUSES[kind][0]) if kind in CLAUSES else kind


def did_not_happen(kind: str) -> str:
    """Write that a kind of fact did not come, as what follows an "if"."""
    return str(CLAUSES[kind][1]) if kind in CLAUSES else kind


def fact(kind: str) -> str:
    """Write the name of a kind of fact, as a noun."""
    return str(FACTS.get(kind, kind))
