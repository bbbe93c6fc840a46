"""What a program may do in an organisation: the scopes of an API key."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """A right of a key. Reading and writing are told apart; no scope brings another along."""

    PROGRAMMES = "programmes:read"
    OPENINGS = "openings:read"
    CASES = "cases:read"
    SUBMIT = "cases:write"
    FACTS = "facts:write"
    ENTITLEMENTS = "entitlements:read"
    MEMBERS = "members:read"
    TRANSMISSIONS = "transmissions:write"


SCOPE_NAMES = {
    Scope.PROGRAMMES: _("read programmes and their terms"),
    Scope.OPENINGS: _("read openings"),
    Scope.CASES: _("read cases and what happened in them"),
    Scope.SUBMIT: _("recommend people"),
    Scope.FACTS: _("record stages, days worked and revenue"),
    Scope.ENTITLEMENTS: _("read what is owed"),
    Scope.MEMBERS: _("read members"),
    Scope.TRANSMISSIONS: _("say what became of invoices that were sent"),
}
