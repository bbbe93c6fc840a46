"""Bringing somebody into a network, and deciding on who applies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from members.access import OrganisationRequest, for_members, for_roles
from members.confirming import confirmed
from members.forms.applications import AdmissionForm, BringInForm, RefusalForm
from members.models import Application
from members.roles import Role
from members.selectors import applications as selectors
from members.selectors import people
from members.services import applying

ASKED_A_DAY = 10
PER_PAGE = 30


@for_members
@require_http_methods(["GET", "POST"])
def bring_in(request: OrganisationRequest) -> HttpResponse:
    """Ask somebody whether they want to join, and see what became of those whom one asked."""
    form = BringInForm(request.POST or None, initial={"language": request.organisation.language})
    if request.method == "POST" and form.is_valid():
        if not limits.within("bring-in", request.user.pk, ASKED_A_DAY, seconds=86400):
            form.add_error(None, _("That is more than one can ask in a day. Go on tomorrow."))
        else:
            try:
                applying.bring_in(
                    organisation=request.organisation, by=request.member, at=timezone.now(), **form.cleaned_data
                )
            except applying.KnownAlreadyError:
                form.add_error("email", _("They are here already, or somebody asked them."))
            except applying.DeclinedError:
                form.add_error("email", _("They said no not long ago. Please leave it at that for now."))
            else:
                messages.success(request, _("They were asked, and decide themselves."))
                return redirect("bring_in", request.organisation.slug)
    context = {"form": form, "asked": selectors.brought_by(request.member)}
    return render(request, "members/bring_in.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def bring_in_withdraw(request: OrganisationRequest, application_id: int) -> HttpResponse:
    """Take back that one asked somebody."""
    found = Application.objects.filter(pk=application_id, brought_by=request.member).first()
    if not found:
        raise Http404
    try:
        applying.withdraw(application=found, at=timezone.now())
    except applying.AnsweredAlreadyError:
        messages.warning(request, _("They answered already."))
    else:
        messages.success(request, _("Taken back; what we knew of them is erased."))
    return redirect("bring_in", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_safe
def application_list(request: OrganisationRequest) -> HttpResponse:
    """Who applied: those who wait for a decision, and those on whom somebody decided."""
    page = Paginator(selectors.decided(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/application_list.html", {"waiting": selectors.waiting(), "page": page})


@for_roles(Role.ADMINISTRATOR)
@require_safe
def application_detail(request: OrganisationRequest, application_id: int) -> HttpResponse:
    """What somebody says they have done, and the decision."""
    return _page(request, _application(application_id))


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def application_admit(request: OrganisationRequest, application_id: int) -> HttpResponse:
    """Admit somebody: they are invited."""
    found, form = _application(application_id), AdmissionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, admission=form)
    try:
        applying.admit(
            organisation=request.organisation,
            application=found,
            found=form.cleaned_data["found"],
            by=request.member,
            at=timezone.now(),
        )
    except applying.OwnApplicantError:
        messages.error(request, _("You brought them in yourself: another administrator decides."))
    except applying.AnsweredAlreadyError:
        messages.warning(request, _("Somebody decided on it already."))
    else:
        messages.success(request, _("Admitted. They are invited by mail."))
    return redirect("application_list", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def application_refuse(request: OrganisationRequest, application_id: int) -> HttpResponse:
    """Refuse somebody, with the reason that they read."""
    found, form = _application(application_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refusal=form)
    because = form.cleaned_data["because"]
    try:
        applying.refuse(application=found, because=because, by=request.member, at=timezone.now())
    except applying.OwnApplicantError:
        messages.error(request, _("You brought them in yourself: another administrator decides."))
    except applying.AnsweredAlreadyError:
        messages.warning(request, _("Somebody decided on it already."))
    else:
        messages.success(request, _("They were told why; what they told us is erased."))
    return redirect("application_list", request.organisation.slug)


def _application(application_id: int) -> Application:
    found = selectors.applications().filter(pk=application_id).first()
    if not found:
        raise Http404
    return found


def _page(
    request: OrganisationRequest,
    found: Application,
    *,
    admission: AdmissionForm | None = None,
    refusal: RefusalForm | None = None,
) -> HttpResponse:
    context = {
        "application": found,
        "is_own": found.brought_by_id == request.member.pk,
        "is_alone": people.in_role(Role.ADMINISTRATOR).count() == 1,
        "is_member_already": selectors.is_member_already(found),
        "admission": admission or AdmissionForm(),
        "refusal": refusal or RefusalForm(),
    }
    return render(request, "members/application_detail.html", context, status=422 if admission or refusal else 200)
