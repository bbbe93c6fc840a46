"""The page of the group: what happens in the network."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import OrganisationRequest, for_members, networks_only
from notices.group import activity

PER_PAGE = 30


@for_members
@require_safe
def group(request: OrganisationRequest) -> HttpResponse:
    """What members shared, landed, planned, and thank each other for; as far as the reader may know of it."""
    networks_only(request)
    page = Paginator(activity.rows(request.member, timezone.now()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/group.html", {"page": page, "happened": activity.filled(page)})
