"""How allauth behaves here: who may sign up, and where people go."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

ARRIVING = "arriving"
"""The session's key for the page from which someone was sent to sign in: a link to join, or a new organisation."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Only who was invited, follows an organisation's open link, or starts one can make an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return ARRIVING in request.session

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new account speaks the language in which it was made."""
        user.language = get_language_from_request(request)
        return super().save_user(request, user, form, commit)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        arriving: str | None = request.session.get(ARRIVING)
        return arriving or super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return self.get_login_redirect_url(self.request)
