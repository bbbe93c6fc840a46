"""Before money and roles somebody says again who they are: everyone, however they sign in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from tests.factories import MemberFactory

MONEY = "/here/payouts/propose/"
PAGE = "http://testserver/here/payouts/"


@pytest.fixture
def finance(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, roles=["finance"])


@pytest.fixture
def client(finance: Member) -> Client:
    client = Client(headers={"Referer": PAGE})
    client.force_login(finance.user)
    return client


def _asked(client: Client) -> str:
    """Post what needs it, and return where that leads; empty when it was done."""
    location: str = client.post(MONEY).headers["Location"]
    return "" if location == "/here/payouts/" else location


def test_who_has_just_signed_in_by_a_code_is_not_asked(client: Client) -> None:
    assert _asked(client) == ""


def test_who_has_no_password_types_another_code(client: Client, finance: Member) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        confirm = _asked(client)
        assert confirm == "/accounts/confirm/?next=%2Fhere%2Fpayouts%2F"
        client.get(confirm)
        client.get(confirm)
        (sent,) = mail.outbox  # once, however often the page is looked at
        assert sent.to == [finance.user.email]
        code = client.session["confirming"]["code"]
        assert code in sent.body
        assert client.post(confirm, {"code": "AAAAAA"}).status_code == 422
        assert _asked(client) == confirm
        assert client.post(confirm, {"code": code.lower()}).headers["Location"] == "/here/payouts/"
        assert _asked(client) == ""


def test_a_code_cannot_be_guessed(client: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        confirm = _asked(client)
        client.get(confirm)
        code = client.session["confirming"]["code"]
        for _ in range(5):
            client.post(confirm, {"code": "AAAAAA"})
        assert client.post(confirm, {"code": code}).status_code == 422


def test_who_has_a_password_types_it_and_goes_on(client: Client, finance: Member) -> None:
    finance.user.set_password("a long password indeed")
    finance.user.save()
    client.force_login(finance.user)
    ask = _asked(client)
    assert ask == "/accounts/reauthenticate/?next=%2Fhere%2Fpayouts%2F"
    assert client.post(ask, {"password": "a long password indeed"}).headers["Location"] == "/here/payouts/"
    assert _asked(client) == ""


def test_who_has_a_second_factor_uses_it_and_goes_on(client: Client, finance: Member) -> None:
    secret = generate_totp_secret()
    TOTP.activate(finance.user, secret)
    ask = _asked(client)
    assert ask == "/accounts/2fa/reauthenticate/?next=%2Fhere%2Fpayouts%2F"
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    assert client.post(ask, {"code": code}).headers["Location"] == "/here/payouts/"
    assert _asked(client) == ""


def test_a_page_elsewhere_is_not_gone_back_to(finance: Member) -> None:
    client = Client(headers={"Referer": "https://evil.example/"})
    client.force_login(finance.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert _asked(client) == "/accounts/confirm/?next=%2F"
        code = client.get("/accounts/confirm/?next=//evil.example/") and client.session["confirming"]["code"]
        assert client.post("/accounts/confirm/?next=//evil.example/", {"code": code}).headers["Location"] == "/"


@pytest.mark.parametrize("way", ["password/set/", "email/", "2fa/totp/activate/", "2fa/webauthn/add/"])
def test_nobody_makes_themselves_another_way_in_unasked(client: Client, way: str) -> None:
    assert client.get(f"/accounts/{way}").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert client.get(f"/accounts/{way}").headers["Location"].startswith("/accounts/confirm/")
