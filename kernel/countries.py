"""Countries that payees and organisations live in, named in the reader's language."""

from babel import Locale
from django.utils.translation import get_language

EU = tuple("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


def name(code: str) -> str:
    """Return a country's name in the language in force."""
    return str(Locale.parse(get_language() or "en", sep="-").territories[code])


def choices() -> list[tuple[str, str]]:
    """Return the countries of the European Union as choices, by name, the two that we are made for first."""
    named = sorted(((code, name(code)) for code in EU), key=lambda one: one[1])
    return sorted(named, key=lambda one: one[0] not in ("BE", "NL"))
