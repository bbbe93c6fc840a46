"""Language, and the way into an organisation: one transaction for the whole request, as that tenant."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

import pghistory
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.tenancy import set_tenant
from members.access import KEYS, LEAVERS, PUBLIC, SIGNED_IN, OrganisationRequest, access_of, is_there
from members.confirming import GUARDED, ask, is_confirmed
from members.models import Member, Organisation
from members.roles import NEEDS_SECOND_FACTOR
from members.selectors import people as selectors
from members.slugs import RESERVED

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
TOTP = Authenticator.Type.TOTP


class LanguageMiddleware:
    """Speak to people in the language of their account; to others in their browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or "en"
        return self.get_response(request)


class OrganisationMiddleware:
    """Enter the organisation that the address names, if the account belongs to it; else the page does not exist.

    Outside of it (anonymous, or another organisation's member) nobody can tell whether an organisation is there. Who
    left it finds the pages of their own money, and no others.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        slug = request.path_info.split("/", 2)[1]
        if not slug or slug in RESERVED:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _to_login(request)
        membership = selectors.membership(user=request.user, slug=slug)
        if membership is None:
            raise Http404
        with transaction.atomic(), pghistory.context(user=request.user.pk):
            set_tenant(membership.organisation_id)
            entered = cast(OrganisationRequest, request)
            entered.organisation, entered.member = membership.organisation, selectors.member_of(request.user)
            entered.member.is_gone = not membership.is_active or entered.member.left_on is not None
            response = self.get_response(request)
            if getattr(request, "failed", False) or response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not declare who may see it")
        if access in (PUBLIC, KEYS):
            return _ask_before_a_way_in(request)
        if access == SIGNED_IN:
            return None if request.user.is_authenticated else _to_login(request)
        if not hasattr(request, "organisation"):
            raise Http404  # a reserved word in an organisation's place
        organisation: Organisation = request.organisation
        member: Member = request.member  # type: ignore[attr-defined]
        kwargs.pop("organisation")
        match = request.resolver_match
        if (member.is_gone and access != LEAVERS) or (match and not is_there(match.route, organisation)):
            raise Http404
        if isinstance(access, frozenset) and not access.intersection(member.roles):
            raise PermissionDenied
        return _to_second_factor(request, organisation, member)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # Rolled back at the end: until then outer middleware (allauth's, asking for the password) may read.
        request.failed = True  # type: ignore[attr-defined]


def _ask_before_a_way_in(request: HttpRequest) -> HttpResponseBase | None:
    """Ask again who it is before somebody makes themselves another way in: with a session that is not theirs, perhaps."""
    match = request.resolver_match
    if match and match.url_name in GUARDED and request.user.is_authenticated and not is_confirmed(request):
        return ask(request)
    return None


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the login page, and back here afterwards; an htmx request makes the whole page go there."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        target = redirect_to_login(htmx.current_url_abs_path or "/")
        return HttpResponse(headers={"HX-Redirect": target.url})
    return redirect_to_login(request.get_full_path() if request.method in SAFE else "/")


def _to_second_factor(request: HttpRequest, organisation: Organisation, member: Member) -> HttpResponseBase | None:
    """Those who handle money and rules set up a second factor before anything else; allauth has no setting for it."""
    if not organisation.second_factor_required or not NEEDS_SECOND_FACTOR.intersection(member.roles):
        return None
    if not is_mfa_enabled(request.user):
        messages.info(
            request, _("Your role needs a second factor to sign in with. Set one up first; it takes a minute.")
        )
        return redirect("mfa_index")
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return None
    # Set up in another session: it has to be used in this one, not only to be there.
    view = "mfa_reauthenticate" if is_mfa_enabled(request.user, [TOTP]) else "mfa_reauthenticate_webauthn"
    path = request.get_full_path() if request.method in SAFE else reverse("home")
    return redirect(f"{reverse(view)}?{urlencode({'next': path})}")
