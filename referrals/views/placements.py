"""What a recruiter records of placements: agreed, started, days worked, left."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kernel.periods import last_day_of
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from referrals.forms.cases import DaysWorkedForm, LeaveForm, PlaceForm, StartForm
from referrals.models import Case, Placement
from referrals.pipeline import RECOMMENDED
from referrals.selectors.cases import case_for_recruiter
from referrals.services import openings, placements

Save = Callable[[OrganisationRequest, Placement, dict[str, Any]], None]


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def place(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record that an assignment or a job was agreed on."""
    case = case_for_recruiter(reference)
    if not case:
        raise Http404
    form = PlaceForm(request.POST or None, initial=_from_opening(case))
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            with transaction.atomic():
                client = openings.client_named(entered["client_name"])
                assignment = placements.Assignment(client, entered["title"], entered["seniority"])
                placements.place(
                    case=case, assignment=assignment, on=entered["on"], by=request.member, at=timezone.now()
                )
        except placements.NotPlaceableError:
            form.add_error(None, _("This case is over, or the person has not agreed; it cannot get a placement."))
        else:
            return redirect("case_detail", request.organisation.slug, reference)
    return _form_page(request, case, form, _("Record a placement"))


def _recording(form_class: type[forms.Form], title: Any, save: Save) -> Callable[..., HttpResponse]:
    """Make the page that records one thing of a placement."""

    @for_roles(Role.RECRUITER)
    @require_http_methods(["GET", "POST"])
    def view(request: OrganisationRequest, reference: str, key: str) -> HttpResponse:
        own = Placement.objects.filter(case__reference=reference, case__kind__in=RECOMMENDED, key=key)
        placement = own.select_related("case__candidate", "client").first()
        if not placement:
            raise Http404
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid():
            save(request, placement, form.cleaned_data)
            messages.success(request, _("Recorded."))
            return redirect("case_detail", request.organisation.slug, reference)
        return _form_page(request, placement.case, form, title)

    return view


def _save_start(request: OrganisationRequest, placement: Placement, entered: dict[str, Any]) -> None:
    placements.start(placement=placement, by=request.member, at=timezone.now(), **entered)


def _save_days(request: OrganisationRequest, placement: Placement, entered: dict[str, Any]) -> None:
    month = entered["month"]
    until = last_day_of(month)
    placements.set_days_worked(
        placement=placement, until=until, days=entered["days"], by=request.member, at=timezone.now()
    )


def _save_departure(request: OrganisationRequest, placement: Placement, entered: dict[str, Any]) -> None:
    placements.leave(placement=placement, by=request.member, at=timezone.now(), **entered)


start = _recording(StartForm, gettext_lazy("Record the first day at work"), _save_start)
days_worked = _recording(DaysWorkedForm, gettext_lazy("Record days worked"), _save_days)
leave = _recording(LeaveForm, gettext_lazy("Record the departure"), _save_departure)


def _from_opening(case: Case) -> dict[str, Any]:
    opening = case.opening
    today = {"on": timezone.localdate()}
    if not opening:
        return today
    return today | {"client_name": opening.client.name, "title": opening.title, "seniority": opening.seniority}


def _form_page(request: OrganisationRequest, case: Case, form: forms.Form, title: Any) -> HttpResponse:
    context = {"form": form, "case": case, "title": title}
    return render(request, "referrals/case_form.html", context, status=422 if form.errors else 200)
