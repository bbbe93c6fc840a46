"""Arriving, joining, and the people of an organisation."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import links
from members import selectors, services
from members.access import OrganisationRequest, for_roles, public, signed_in
from members.accounts import JOINING
from members.forms import InvitationForm, JoinForm, PreferencesForm
from members.models import Invitation, Organisation
from members.roles import Role


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: to one's only organisation, a choice of several, or what this is."""
    if not request.user.is_authenticated:
        return redirect("demo") if settings.DEMO else render(request, "members/welcome.html")
    organisations = list(selectors.organisations_of(request.user))
    if len(organisations) == 1 and "choose" not in request.GET:
        return redirect("organisation_home", organisations[0].slug)
    return render(request, "members/organisation_choose.html", {"organisations": organisations})


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """An account's language."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.set_language(user=form.instance, language=form.cleaned_data["language"])
        return redirect("home")
    return render(request, "members/preferences.html", {"form": form})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation, or an organisation's open link: who is not signed in does that first and comes back."""
    now = timezone.now()
    invitation = links.find(token, services.INVITATION, now)
    link = invitation or links.find(token, services.OPEN_LINK, now)
    if not link:
        return render(request, "members/link_gone.html", status=404)
    organisation = Organisation.objects.get(pk=link.organisation_id)
    if not request.user.is_authenticated:
        request.session[JOINING] = token
        return render(request, "members/join.html", {"joining": organisation})
    request.session.pop(JOINING, None)
    if invitation:
        return _accept_invitation(request, organisation, invitation.target_id)
    return _join_by_open_link(request, organisation)


def _accept_invitation(request: HttpRequest, organisation: Organisation, invitation_id: int | None) -> HttpResponse:
    if request.method == "GET":
        return render(request, "members/join.html", {"joining": organisation, "invited": True})
    assert invitation_id is not None
    assert request.user.is_authenticated
    try:
        services.accept_invitation(
            organisation=organisation, invitation_id=invitation_id, user=request.user, at=timezone.now()
        )
    except services.AlreadyAcceptedError:
        return render(request, "members/link_gone.html", status=410)
    except services.AddressMismatchError:
        messages.error(request, _("This invitation was sent to another e-mail address. Sign in with that one."))
        return render(request, "members/join.html", {"joining": organisation, "mismatch": True}, status=403)
    return redirect("organisation_home", organisation.slug)


def _join_by_open_link(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    assert request.user.is_authenticated
    if selectors.membership(user=request.user, slug=organisation.slug):
        return redirect("organisation_home", organisation.slug)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.join(organisation=organisation, user=request.user, name=form.cleaned_data["name"], at=timezone.now())
        return redirect("organisation_home", organisation.slug)
    return render(request, "members/join.html", {"joining": organisation, "form": form})


@for_roles(Role.ADMINISTRATOR)
@require_safe
def member_list(request: OrganisationRequest) -> HttpResponse:
    """Who is in the organisation, as what, and who was invited."""
    context = {"members": selectors.members(), "invitations": selectors.open_invitations(), "form": InvitationForm()}
    return render(request, "members/member_list.html", context)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@reauthentication_required
def member_invite(request: OrganisationRequest) -> HttpResponse:
    """Invite someone; the link is mailed and shown once."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        context = {"members": selectors.members(), "invitations": selectors.open_invitations(), "form": form}
        return render(request, "members/member_list.html", context, status=422)
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


def _show_link(request: OrganisationRequest, token: str, title: str) -> HttpResponse:
    address = settings.SITE_URL + reverse("join", args=[token])
    return render(request, "members/link_show.html", {"address": address, "title": title})
