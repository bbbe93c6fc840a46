"""The organisation itself: what it is called, how it looks, and what stands on its invoices."""

import re
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import OrganisationRequest, for_roles, public
from members.confirming import confirmed
from members.forms.membership import MembershipTermsForm
from members.forms.organisation import GeneralForm, InvoicingForm, LookForm
from members.models import Organisation
from members.roles import Role
from members.selectors.membership import membership_terms
from members.services import membership, organisations
from members.theme import theme

YEAR = 365 * 86400
COLOUR = re.compile(r"#[0-9a-f]{6}")


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def organisation_settings(request: OrganisationRequest) -> HttpResponse:
    """What the organisation is called, its languages, and how its people sign in."""
    form = GeneralForm(request.POST or None, instance=_copy(request))
    if request.method == "POST" and form.is_valid():
        organisations.save_settings(organisation=request.organisation, fields=form.cleaned_data)
        return _saved(request, "organisation_settings")
    return _page(request, "members/organisation_settings.html", form)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def organisation_invoicing(request: OrganisationRequest) -> HttpResponse:
    """What stands on invoices of the organisation."""
    form = InvoicingForm(request.POST or None, instance=_copy(request))
    if request.method == "POST" and form.is_valid():
        organisations.save_legal_data(organisation=request.organisation, fields=form.answers)
        return _saved(request, "organisation_invoicing")
    return _page(request, "members/organisation_invoicing.html", form)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def organisation_membership(request: OrganisationRequest) -> HttpResponse:
    """What it costs to join, and to stay."""
    form = MembershipTermsForm(request.POST or None, instance=membership_terms())
    if request.method == "POST" and form.is_valid():
        membership.save_terms(fields=form.cleaned_data)
        return _saved(request, "organisation_membership")
    return _page(request, "members/organisation_membership.html", form)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def organisation_look(request: OrganisationRequest) -> HttpResponse:
    """Colour and logo, with a look at what they make of a page."""
    form = LookForm(request.POST or None, request.FILES or None, instance=_copy(request))
    if request.method == "POST" and form.is_valid():
        organisations.save_look(organisation=request.organisation, **form.cleaned_data)
        return _saved(request, "organisation_look")
    return _page(request, "members/organisation_look.html", form, {"shown": theme(request.organisation)})


@for_roles(Role.ADMINISTRATOR)
@require_safe
def look_preview(request: OrganisationRequest) -> HttpResponse:
    """A piece of a page in another colour, in light and in dark."""
    colour = request.GET.get("colour", "").lower()
    if not COLOUR.fullmatch(colour):
        raise Http404
    return render(request, "members/_look.html", {"shown": theme(Organisation(colour=colour))})


@public
@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponseBase:
    """An organisation's logo, under a name that nobody guesses; a new logo has a new name."""
    found = Organisation.objects.filter(logo=f"logos/{name}.png").first()
    if not found:
        raise Http404
    headers = {"Cache-Control": f"public, max-age={YEAR}, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(found.logo.open(), content_type="image/png", headers=headers)


def _copy(request: OrganisationRequest) -> Organisation:
    """The organisation for a form to fill in: the page around it goes on showing what is kept."""
    return Organisation.objects.get(pk=request.organisation.pk)


def _saved(request: OrganisationRequest, page: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(page, request.organisation.slug)


def _page(request: OrganisationRequest, template: str, form: Any, more: dict[str, Any] | None = None) -> HttpResponse:
    return render(request, template, {"form": form, **(more or {})}, status=422 if form.errors else 200)
