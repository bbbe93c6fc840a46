"""Arriving and joining."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel.tenancy import tenant
from members.access import public, signed_in
from members.accounts import ARRIVING
from members.forms.people import JoinForm, PreferencesForm
from members.models import Application, MembershipTerms, Organisation
from members.selectors import people as selectors
from members.selectors.membership import membership_terms
from members.services import accounts, joining


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: to one's only organisation, a choice of several, or what this is."""
    if not request.user.is_authenticated:
        return redirect("demo") if settings.DEMO else render(request, "members/welcome.html")
    organisations = list(selectors.organisations_of(request.user))
    if len(organisations) == 1 and "choose" not in request.GET:
        return redirect("organisation_home", organisations[0].slug)
    context = {"organisations": organisations, "former": selectors.former_organisations_of(request.user)}
    return render(request, "members/organisation_choose.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """An account's language."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        accounts.set_language(user=form.instance, language=form.cleaned_data["language"])
        return redirect("home")
    return render(request, "members/preferences.html", {"form": form})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation, or an organisation's open link: who is not signed in does that first and comes back."""
    link = joining.link_of(token, timezone.now())
    if not link:
        return render(request, "members/link_gone.html", status=404)
    organisation = Organisation.objects.get(pk=link.organisation_id)
    with tenant(organisation.pk):
        costs = membership_terms()
    if not request.user.is_authenticated:
        request.session[ARRIVING] = request.path
        return render(request, "members/join.html", {"joining": organisation, "token": token, "terms": costs})
    request.session.pop(ARRIVING, None)
    if link.purpose == joining.INVITATION:
        return _accept_invitation(request, organisation, link.target_id, token, costs)
    if selectors.organisations_of(request.user).filter(pk=organisation.pk).exists():
        return redirect("organisation_home", organisation.slug)
    if invitation := joining.invited(organisation=organisation, user=request.user, at=timezone.now()):
        return _accept_invitation(request, organisation, invitation, token, costs)
    return _join_by_open_link(request, organisation, token, costs)


def _accept_invitation(
    request: HttpRequest, organisation: Organisation, invitation_id: int | None, token: str, costs: MembershipTerms
) -> HttpResponse:
    if request.method == "GET":
        with tenant(organisation.pk):
            agreed = Application.objects.filter(invitation=invitation_id).first()
        context = {"joining": organisation, "token": token, "terms": costs, "invited": True, "agreed": agreed}
        return render(request, "members/join.html", context)
    assert invitation_id is not None
    assert request.user.is_authenticated
    try:
        joining.accept_invitation(
            organisation=organisation, invitation_id=invitation_id, user=request.user, at=timezone.now()
        )
    except joining.AlreadyAcceptedError:
        return render(request, "members/link_gone.html", status=410)
    except joining.AddressMismatchError:
        messages.error(request, _("This invitation was sent to another e-mail address. Sign in with that one."))
        return render(
            request,
            "members/join.html",
            {"joining": organisation, "token": token, "terms": costs, "mismatch": True},
            status=403,
        )
    return redirect("organisation_home", organisation.slug)


def _join_by_open_link(
    request: HttpRequest, organisation: Organisation, token: str, costs: MembershipTerms
) -> HttpResponse:
    assert request.user.is_authenticated
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.join(
                organisation=organisation, user=request.user, name=form.cleaned_data["name"], at=timezone.now()
            )
        except joining.HasLeftError:
            form.add_error(None, _("You left this organisation; ask it for an invitation."))
        else:
            return redirect("organisation_home", organisation.slug)
    return render(request, "members/join.html", {"joining": organisation, "token": token, "terms": costs, "form": form})
