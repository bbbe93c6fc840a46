"""Organisations' names in addresses, `/<organisation>/…`, and the words that can be none."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

RESERVED = frozenset(
    "a accounts api admin assets c calendar demo favicon.ico healthz help join language media metrics o p readyz robots.txt "
    "security start static status support u vendor well-known www".split()
)
"""First words of addresses that lead elsewhere, those of routes to come included; a test compares them with the routes."""

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")


def validate_slug(value: str) -> None:
    """Refuse what cannot be an organisation's name in addresses."""
    if not _SLUG.fullmatch(value) or "--" in value:
        raise ValidationError(_("Use 3 to 40 lower-case letters, digits and single hyphens, beginning with a letter."))
    if value in RESERVED:
        raise ValidationError(_("This word is taken by the product itself; choose another."))
