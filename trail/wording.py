"""Our words for what happened, by its source and code."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from payouts.states import PayableState
from payouts.wording import STATES
from programmes import wording
from trail.sources import Group

GROUPS = {
    Group.CASES: _("Cases"),
    Group.MONEY: _("Money"),
    Group.RULES: _("Programmes"),
    Group.PEOPLE: _("People"),
    Group.SETTINGS: _("Settings"),
}
SAID: dict[tuple[str, str], Any] = {
    ("case", "insert"): _("Case made"),
    ("case", "update"): _("Case changed"),
    ("opening", "insert"): _("Opening made"),
    ("opening", "update"): _("Opening changed"),
    ("merge", "insert"): _("Two people merged"),
    ("adjustment", "insert"): _("Difference found"),
    ("adjustment", "update"): _("Difference decided on"),
    ("payee", "insert"): _("Payment details given"),
    ("payee", "update"): _("Payment details changed"),
    ("document", "invoice"): _("Invoice made out"),
    ("document", "credit_note"): _("Credit note made out"),
    ("document", "statement"): _("Payment statement made out"),
    ("programme", "insert"): _("Programme made"),
    ("programme", "update"): _("Programme changed"),
    ("version", "insert"): _("Version published"),
    ("acceptance", "insert"): _("Terms agreed to"),
    ("member", "insert"): _("Member joined"),
    ("member", "update"): _("Member changed"),
    ("team", "insert"): _("Team made"),
    ("team", "update"): _("Team renamed"),
    ("team", "delete"): _("Team done away with"),
    ("deletion", "people"): _("People erased after their time"),
    ("deletion", "cvs"): _("CVs deleted after their time"),
    ("organisation", "insert"): _("Organisation made"),
    ("organisation", "update"): _("Organisation changed"),
    ("apikey", "insert"): _("API key made"),
    ("apikey", "update"): _("API key changed"),
    ("webhook", "insert"): _("Webhook made"),
    ("webhook", "update"): _("Webhook changed"),
    ("webhook", "delete"): _("Webhook removed"),
}


def said(source: str, what: str) -> str:
    """Return what happened, in a few words."""
    if source == "fact":
        return capfirst(wording.fact(what))
    if source == "payable":
        return f"{_('Payout')}: {STATES[PayableState(what)]}"
    return str(SAID.get((source, what), what))
