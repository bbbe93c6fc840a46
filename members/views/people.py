"""The people of an organisation: who they are, who is invited."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import selectors, services
from members.access import OrganisationRequest, for_roles
from members.forms import InvitationForm, RolesForm
from members.models import Invitation, Member
from members.roles import Role


@for_roles(Role.ADMINISTRATOR)
@require_safe
def member_list(request: OrganisationRequest) -> HttpResponse:
    """Who is in the organisation, as what, and who was invited."""
    return render(request, "members/member_list.html", _people(InvitationForm()))


@for_roles(Role.ADMINISTRATOR)
@require_POST
@reauthentication_required
def member_invite(request: OrganisationRequest) -> HttpResponse:
    """Invite someone; the link is mailed and shown once."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return render(request, "members/member_list.html", _people(form), status=422)
    token = services.invite(
        organisation=request.organisation,
        email=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        roles=[Role(role) for role in form.cleaned_data["roles"]],
        by=request.member,
        at=timezone.now(),
    )
    return _show_link(request, token, _("Invitation for %(name)s") % {"name": form.cleaned_data["name"]})


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@reauthentication_required
def member_edit(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """A member's roles."""
    member = _member(member_id)
    form = RolesForm(request.POST or None, initial={"roles": member.roles})
    if request.method == "POST":
        form = RolesForm(request.POST)
        roles = [Role(role) for role in form.cleaned_data["roles"]] if form.is_valid() else []
        try:
            if form.is_valid():
                services.set_roles(organisation=request.organisation, member=member, roles=roles, by=request.member)
                messages.success(request, _("Saved."))
                return redirect("member_list", request.organisation.slug)
        except services.LastAdministratorError:
            form.add_error("roles", _("Someone has to stay administrator. Give the role to someone else first."))
    context = {"form": form, "person": member, "today": timezone.localdate()}
    return render(request, "members/member_form.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@reauthentication_required
def member_leave(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """End a membership at once."""
    member, now = _member(member_id), timezone.now()
    try:
        services.leave(
            organisation=request.organisation, member=member, on=timezone.localdate(now), by=request.member, at=now
        )
    except services.LastAdministratorError:
        messages.error(request, _("Someone has to stay administrator. Give the role to someone else first."))
    else:
        messages.success(
            request, _("%(name)s left, and finds nothing here any more but their own earnings.") % {"name": member.name}
        )
    return redirect("member_list", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@reauthentication_required
def open_link(request: OrganisationRequest) -> HttpResponse:
    """Make the organisation's open link anew; the one before stops working."""
    expires_at = timezone.now() + timedelta(days=365)
    token = services.renew_open_link(organisation=request.organisation, expires_at=expires_at)
    return _show_link(request, token, _("Open link to join"))


@for_roles(Role.ADMINISTRATOR)
@require_POST
def invitation_withdraw(request: OrganisationRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if not invitation:
        raise Http404
    services.withdraw_invitation(organisation=request.organisation, invitation=invitation, at=timezone.now())
    messages.success(request, _("The invitation no longer works."))
    return redirect("member_list", request.organisation.slug)


def _people(form: InvitationForm) -> dict[str, Any]:
    found = list(selectors.members())
    present = sum(one.left_on is None for one in found)
    return {"members": found, "present": present, "invitations": selectors.open_invitations(), "form": form}


def _member(member_id: int) -> Member:
    found = Member.objects.filter(pk=member_id, left_on=None).select_related("user").first()
    if not found:
        raise Http404
    return found


def _show_link(request: OrganisationRequest, token: str, title: str) -> HttpResponse:
    address = settings.SITE_URL + reverse("join", args=[token])
    return render(request, "members/link_show.html", {"address": address, "title": title})
