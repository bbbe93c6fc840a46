"""What every page of an organisation shows: its name, its colour, and who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kernel.colour import INK, NIGHT, PAPER, readable, text_on
from members.models import Organisation

OURS = "#1f5f5b"


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation and member of the request, where there are any, and the theme's colours."""
    organisation = getattr(request, "organisation", None)
    return {
        "organisation": organisation,
        "member": getattr(request, "member", None),
        "theme": theme(organisation),
        "demo": settings.DEMO,
    }


def theme(organisation: Organisation | None) -> dict[str, str]:
    """Return an organisation's colour in the variants that can be read on light and on dark."""
    colour = organisation.colour if organisation else OURS
    fill = readable(colour, "#ffffff") if text_on(colour) != INK else colour
    on_dark = readable(colour, NIGHT)
    return {
        "fill": fill,
        "on_fill": text_on(fill),
        "text": readable(colour, PAPER),
        "dark_fill": on_dark,
        "on_dark_fill": text_on(on_dark),
        "dark_text": on_dark,
    }
