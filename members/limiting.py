"""How often a member does what others are mailed of."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kernel import limits
from members.access import OrganisationRequest

STEPS_A_DAY = 100
"""More than anybody takes, and too few to flood a network with mails."""


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Count what is sent to a view among the steps of its sender's day; beyond so many, they read that it goes on tomorrow."""

    @wraps(view)
    def counted(request: OrganisationRequest, *args: Any, **options: Any) -> HttpResponse:
        if not limits.within("step", request.user.pk, STEPS_A_DAY, seconds=86400):
            words = {
                "error_title": _("Enough for today"),
                "error_text": _("That is more than one can do in a day. Go on tomorrow."),
            }
            return render(request, "error.html", words, status=429)
        return view(request, *args, **options)

    return counted
