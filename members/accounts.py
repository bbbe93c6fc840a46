"""How allauth behaves here: who may sign up, and where people go."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

JOINING = "joining"
"""The session's key for the token of the link by which someone is about to join."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Only who was invited, or follows an organisation's open link, can make an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return JOINING in request.session

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        token = request.session.get(JOINING)
        return reverse("join", args=[token]) if token else super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return self.get_login_redirect_url(self.request)
