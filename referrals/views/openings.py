"""Openings: for members to find someone for, for recruiters to keep."""

from collections.abc import Iterable
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.access import OrganisationRequest, for_members, for_roles
from members.roles import Role
from programmes import selectors as programmes
from referrals.forms.cases import OpeningForm
from referrals.models import Opening
from referrals.selectors import boards
from referrals.selectors.promises import with_promises
from referrals.services import openings


@for_members
@require_safe
def opening_list(request: OrganisationRequest) -> HttpResponse:
    """Openings for which people can be recommended."""
    return render(request, "referrals/opening_list.html", {"openings": _promised(boards.openings())})


@for_members
@require_safe
def opening_detail(request: OrganisationRequest, opening_id: int) -> HttpResponse:
    """What the work is, and the way to recommend someone for it."""
    ((opening, promises),) = _promised([_opening(opening_id)])
    return render(request, "referrals/opening_detail.html", {"opening": opening, "promises": promises})


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def opening_new(request: OrganisationRequest) -> HttpResponse:
    """A new opening."""
    return _edit(request, None)


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def opening_edit(request: OrganisationRequest, opening_id: int) -> HttpResponse:
    """Change an opening."""
    return _edit(request, _opening(opening_id))


@for_roles(Role.RECRUITER)
@require_POST
def opening_close(request: OrganisationRequest, opening_id: int) -> HttpResponse:
    """Take an opening off the list."""
    openings.close_opening(opening=_opening(opening_id), on=timezone.localdate())
    return redirect("opening_list", request.organisation.slug)


def _edit(request: OrganisationRequest, opening: Opening | None) -> HttpResponse:
    initial = {"client_name": opening.client.name} if opening else {}
    form = OpeningForm(request.POST or None, instance=opening, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        saved = openings.save_opening(
            opening=opening, client_name=fields.pop("client_name"), fields=fields, on=timezone.localdate()
        )
        return redirect("opening_detail", request.organisation.slug, saved.pk)
    context = {"form": form, "opening": opening}
    return render(request, "referrals/opening_form.html", context, status=422 if form.errors else 200)


def _promised(found: Iterable[Opening]) -> list[tuple[Opening, list[tuple[str, Decimal]]]]:
    today = timezone.localdate()
    return with_promises(found, programmes.in_force("referral", today), today)


def _opening(opening_id: int) -> Opening:
    opening = Opening.objects.select_related("client").filter(pk=opening_id).first()
    if not opening:
        raise Http404
    return opening
