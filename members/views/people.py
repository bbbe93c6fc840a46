"""The people of an organisation: who they are, who is invited."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.forms.people import InvitationForm, LeavingForm, MemberForm
from members.models import Invitation, Member
from members.roles import Role
from members.selectors import people as selectors
from members.selectors.membership import membership_terms
from members.services import joining, people
from members.wording import NOT_THEIRS

INVITED_A_DAY = 100
PER_PAGE = 50
LONGEST_SEARCH = 80
LAST_ADMINISTRATOR = gettext_lazy("Someone has to stay administrator. Give the role to someone else first.")


@for_roles(Role.ADMINISTRATOR)
@require_safe
def member_list(request: OrganisationRequest) -> HttpResponse:
    """Who is in the organisation, as what, and who was invited."""
    return render(
        request, "members/member_list.html", _people(request, InvitationForm(organisation=request.organisation))
    )


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def member_invite(request: OrganisationRequest) -> HttpResponse:
    """Invite someone; the link is mailed and shown once."""
    form = InvitationForm(request.POST, organisation=request.organisation)
    if not form.is_valid():
        return render(request, "members/member_list.html", _people(request, form), status=422)
    if not limits.within("invite", request.organisation.pk, INVITED_A_DAY, seconds=86400):
        form.add_error(None, _("That is more than can be invited in a day. Go on tomorrow."))
        return render(request, "members/member_list.html", _people(request, form), status=422)
    token = joining.invite(
        organisation=request.organisation,
        email=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        roles=[Role(role) for role in form.cleaned_data["roles"]],
        team=form.cleaned_data["team"],
        by=request.member,
        at=timezone.now(),
    )
    invited = form.cleaned_data
    return _show_link(request, token, _("Invitation for %(name)s") % {"name": invited["name"]}, invited["email"])


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def member_edit(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """A member's name, team and roles."""
    member = _member(member_id)
    form = _form(request, request.POST or None, _member(member_id))
    if request.method == "POST" and form.is_valid():
        try:
            people.change(member=member, by=request.member, at=timezone.now(), **form.answers)
        except people.LastAdministratorError:
            form.add_error("roles", LAST_ADMINISTRATOR)
        except people.OwnDuesError:
            form.add_error("pays_dues", _("Another administrator has to say so of you."))
        else:
            messages.success(request, _("Saved."))
            return redirect("member_list", request.organisation.slug)
    leaving = LeavingForm(member=member, initial={"last_day": timezone.localdate()})
    return _member_page(request, member, form, leaving)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def member_leave(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """A member's last day: over, and they are out at once; to come, and the night after it they are."""
    member, now = _member(member_id), timezone.now()
    form = LeavingForm(request.POST, member=member)
    if not form.is_valid():
        return _member_page(request, member, _form(request, None, member), form)
    last_day = form.cleaned_data["last_day"]
    try:
        if last_day > timezone.localdate(now):
            people.plan_leaving(organisation=request.organisation, member=member, last_day=last_day, by=request.member)
            said = _("%(name)s is there until the evening of that day.")
        else:
            people.leave(organisation=request.organisation, member=member, on=last_day, by=request.member, at=now)
            said = _("%(name)s left, and finds nothing here any more but their own earnings.")
    except people.LastAdministratorError:
        messages.error(request, LAST_ADMINISTRATOR)
    except people.NotTheirsError:
        messages.error(request, NOT_THEIRS)
    else:
        messages.success(request, said % {"name": member.name})
    return redirect("member_list", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def member_stay(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """Take a planned last day back."""
    member = _member(member_id)
    try:
        people.plan_leaving(organisation=request.organisation, member=member, last_day=None, by=request.member)
    except people.NotTheirsError:
        messages.error(request, NOT_THEIRS)
    else:
        messages.success(request, _("%(name)s stays.") % {"name": member.name})
    return redirect("member_edit", request.organisation.slug, member.pk)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def open_link(request: OrganisationRequest) -> HttpResponse:
    """Make the organisation's open link anew; the one before stops working."""
    expires_at = timezone.now() + timedelta(days=365)
    token = joining.renew_open_link(organisation=request.organisation, expires_at=expires_at)
    return _show_link(request, token, _("Open link to join"))


@for_roles(Role.ADMINISTRATOR)
@require_POST
def invitation_withdraw(request: OrganisationRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if not invitation:
        raise Http404
    joining.withdraw_invitation(organisation=request.organisation, invitation=invitation, at=timezone.now())
    messages.success(request, _("The invitation no longer works."))
    return redirect("member_list", request.organisation.slug)


def _people(request: OrganisationRequest, form: InvitationForm) -> dict[str, Any]:
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    return {
        "page": Paginator(selectors.members(wanted), PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "present": selectors.present(),
        "invitations": selectors.open_invitations(),
        "form": form,
    }


def _member(member_id: int) -> Member:
    found = Member.objects.filter(pk=member_id, left_on=None).select_related("user").first()
    if not found:
        raise Http404
    return found


def _member_page(request: OrganisationRequest, member: Member, form: MemberForm, leaving: LeavingForm) -> HttpResponse:
    context = {"form": form, "leaving_form": leaving, "person": member}
    return render(request, "members/member_form.html", context, status=422 if form.errors or leaving.errors else 200)


def _show_link(request: OrganisationRequest, token: str, title: str, mailed_to: str = "") -> HttpResponse:
    address = settings.SITE_URL + reverse("join", args=[token])
    return render(request, "members/link_show.html", {"address": address, "title": title, "mailed_to": mailed_to})


def _form(request: OrganisationRequest, data: Any, member: Member) -> MemberForm:
    has_dues = bool(membership_terms().dues)
    return MemberForm(data, instance=member, has_dues=has_dues, recruits=request.organisation.recruits)
