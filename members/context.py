"""What every page of an organisation shows: its name, its colour, and who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from members.theme import theme


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation and member of the request, where there are any, and the theme's colours."""
    organisation = getattr(request, "organisation", None)
    return {
        "organisation": organisation,
        "member": getattr(request, "member", None),
        "theme": theme(organisation),
        "demo": settings.DEMO,
    }
