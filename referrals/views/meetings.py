"""Interviews, and what comes before a client sees a person: their yes to the assignment, and the profile."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import pdf
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from referrals.forms.cases import AssignmentForm, InterviewForm, ProfileForm
from referrals.models import Case, Interview, Presentation, Profile
from referrals.selectors.cases import case_for_recruiter
from referrals.services import interviews, openings, presentations


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def interview_plan(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Plan a talk; the person gets a mail with the day and the place."""
    case, form = _case(reference), InterviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        name = entered["client_name"]
        try:
            with transaction.atomic():
                interviews.plan(
                    case=case,
                    starts_at=entered["starts_at"],
                    place=entered["place"],
                    client=openings.client_named(name) if name else None,
                    by=request.member,
                    at=timezone.now(),
                )
        except interviews.NotPlannableError:
            form.add_error(None, _("This case is over, or the person has not agreed."))
        else:
            messages.success(request, _("Planned; the person gets a mail with the day and the place."))
            return redirect("case_detail", request.organisation.slug, case.reference)
    return _form_page(request, case, form, _("Plan an interview"))


@for_roles(Role.RECRUITER)
@require_POST
def interview_decide(request: OrganisationRequest, reference: str, interview_id: int) -> HttpResponse:
    """Say that an interview was held, or cancel it."""
    case = _case(reference)
    interview = Interview.objects.filter(pk=interview_id, case=case).select_related("case").first()
    if not interview:
        raise Http404
    act = {"held": interviews.hold, "cancelled": interviews.cancel}.get(request.POST.get("what", ""))
    if not act:
        raise Http404
    try:
        act(interview=interview, by=request.member, at=timezone.now())
    except interviews.StateChangedError:
        messages.warning(request, _("Somebody else said already what became of this interview."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("case_detail", request.organisation.slug, case.reference)


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def presentation_ask(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Ask the person about an assignment, before a client sees their profile."""
    case = _case(reference)
    opening = case.opening
    initial = (
        {"client_name": opening.client.name, "title": opening.title, "about": opening.description} if opening else {}
    )
    form = AssignmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        fields = {"title": entered["title"], "about": entered["about"], "by": request.member, "at": timezone.now()}
        try:
            with transaction.atomic():
                presentations.ask(case=case, client=openings.client_named(entered["client_name"]), **fields)
        except presentations.NotAskableError:
            form.add_error(
                None, _("They were asked about this already, the case is over, or they have not agreed to it.")
            )
        else:
            messages.success(request, _("Asked; the answer appears on this page."))
            return redirect("case_detail", request.organisation.slug, case.reference)
    return _form_page(request, case, form, _("Ask about an assignment"))


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def profile_edit(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Write what clients are shown of the person."""
    case = _case(reference)
    if not case.candidate:
        raise Http404
    profile = Profile.objects.filter(candidate=case.candidate).first()
    form = ProfileForm(request.POST or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        presentations.write_profile(
            candidate=case.candidate, fields=form.cleaned_data, by=request.member, at=timezone.now()
        )
        messages.success(request, _("Saved."))
        return redirect("case_detail", request.organisation.slug, case.reference)
    return _form_page(request, case, form, _("Profile for clients"))


@for_roles(Role.RECRUITER)
@require_safe
def profile(request: OrganisationRequest, reference: str, presentation_id: int) -> HttpResponse:
    """The one page that a client sees, on the screen: only after the person agreed to that assignment."""
    return render(request, "referrals/profile.html", _profile(request, reference, presentation_id))


@for_roles(Role.RECRUITER)
@require_safe
def profile_pdf(request: OrganisationRequest, reference: str, presentation_id: int) -> HttpResponse:
    """The same as a PDF, made when it is asked for and kept nowhere: so that erasing a person erases it."""
    context = _profile(request, reference, presentation_id)
    try:
        content = pdf.render(render_to_string("documents/profile.html", context, request))
    except pdf.DrawingFailedError:
        messages.error(request, _("This could not be drawn now. Try it again in a moment."))
        return redirect("case_detail", request.organisation.slug, reference)
    response = HttpResponse(content, content_type="application/pdf")
    name = slugify(context["case"].candidate.name) or reference
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _profile(request: OrganisationRequest, reference: str, presentation_id: int) -> dict[str, Any]:
    case = _case(reference)
    agreed = Presentation.objects.filter(pk=presentation_id, case=case, answer=Presentation.Answer.AGREED)
    presentation = agreed.select_related("client").first()
    found = Profile.objects.filter(candidate=case.candidate).first() if case.candidate else None
    if not presentation or not found or case.answer != "consented" or case.is_over:
        raise Http404
    return {"case": case, "presentation": presentation, "profile": found, "organisation": request.organisation}


def _case(reference: str) -> Case:
    case = case_for_recruiter(reference)
    if not case:
        raise Http404
    return case


def _form_page(request: OrganisationRequest, case: Case, form: forms.BaseForm, title: Any) -> HttpResponse:
    context = {"form": form, "case": case, "title": title}
    return render(request, "referrals/case_form.html", context, status=422 if form.errors else 200)
