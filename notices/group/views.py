"""The page of the group: what happens in the network."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kernel.numbers import number
from members.access import OrganisationRequest, for_members
from notices.group import activity

PER_PAGE, MOST_PAGES = 30, 100


@for_members
@require_safe
def group(request: OrganisationRequest) -> HttpResponse:
    """What members shared, landed, planned, and thank each other for; as far as the reader may know of it."""
    page = min(max(number(request.GET.get("page")) or 1, 1), MOST_PAGES)
    before = (page - 1) * PER_PAGE
    found = list(activity.rows(request.member, timezone.now(), before + PER_PAGE + 1))[before:]
    context = {
        "happened": activity.filled(found[:PER_PAGE]),
        "newer": page - 1,
        "older": page + 1 if len(found) > PER_PAGE and page < MOST_PAGES else 0,
    }
    return render(request, "notices/group.html", context)
