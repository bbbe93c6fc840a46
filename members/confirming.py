"""Asking again who it is before money, roles or personal data: within the last minutes, by something that others lack.

Who has a password, a passkey or a second factor is asked for one of them by allauth. Who has none signed in by a code in
a mail, and is asked for another code. A request that is refused is not kept and done later: it would be done outside of
its organisation.
"""

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from members.models import User

View = TypeVar("View", bound=Callable[..., Any])

SAFE = ("GET", "HEAD", "OPTIONS")
GUARDED = frozenset({"account_set_password", "account_email", "mfa_activate_totp", "mfa_add_webauthn"})
"""Pages of allauth on which somebody could make themselves a way in; it asks only those who have one already."""
STATE = "confirming"
LASTS = 600
MOST_TRIES = 5


def confirmed(view: View) -> View:
    """Show a page, or do what it does, to who said lately who they are."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_confirmed(request):
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response
        return ask(request)

    return cast(View, inner)


def is_confirmed(request: HttpRequest) -> bool:
    """Whether who asks said within the last minutes who they are, by the strongest of what they have."""
    user = request.user
    records = get_authentication_records(request, user)
    if get_reauthentication_flows(user):
        records = [one for one in records if one.get("reauthenticated")]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def ask(request: HttpRequest) -> HttpResponse:
    """Send somebody to where they say who they are, and back to this page, or the one that they came from."""
    back = request.get_full_path()
    if request.method not in SAFE:
        back = _came_from(request)
        messages.info(request, _("First say that it is you; then do this once more."))
    address = f"{reverse(_page(request))}?{urlencode({'next': back})}"
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _page(request: HttpRequest) -> str:
    flows = {flow["id"] for flow in get_reauthentication_flows(request.user)}
    if "reauthenticate" in flows:
        return "account_reauthenticate"
    if flows:
        has_totp = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        return "mfa_reauthenticate" if has_totp else "mfa_reauthenticate_webauthn"
    return "confirm"


def _came_from(request: HttpRequest) -> str:
    """Return the path of the page on which a form stood; the front page when the browser does not say."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def send_code(request: HttpRequest, user: User) -> None:
    """Mail a code, unless one that was mailed still holds."""
    state = request.session.get(STATE)
    if state and time.time() - state["at"] < LASTS and state["tries"] < MOST_TRIES:
        return
    code = get_adapter().generate_login_code()
    request.session[STATE] = {"code": code, "at": time.time(), "tries": 0}
    get_adapter().send_mail("account/email/login_code", user.email, {"request": request, "code": code, "user": user})


def takes_code(request: HttpRequest, user: User, typed: str) -> bool:
    """Whether the code is the one that was mailed; then who typed it is confirmed."""
    state = request.session.get(STATE)
    if not state or time.time() - state["at"] >= LASTS or state["tries"] >= MOST_TRIES:
        return False
    request.session[STATE] = {**state, "tries": state["tries"] + 1}
    if not secrets.compare_digest(_plain(typed), _plain(state["code"])):
        return False
    del request.session[STATE]
    record_authentication(request, user, method="code", reauthenticated=True)
    return True


def _plain(code: str) -> bytes:
    return "".join(letter for letter in code if letter.isalnum()).upper().encode()
