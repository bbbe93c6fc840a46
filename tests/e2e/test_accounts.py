"""Joining, signing in, and the pages of accounts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from members.models import Organisation
from members.services import joining
from tests.e2e.conftest import Visit, member_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_joining_by_the_open_link_and_an_e_mailed_code(agency: Organisation, visit: Visit, mailoutbox: list) -> None:  # type: ignore[type-arg]
    token = joining.renew_open_link(organisation=agency, expires_at=timezone.now() + timedelta(1))
    newcomer = visit()
    page = newcomer.goes_to(f"/join/{token}/")
    page.get_by_role("link", name="Make an account").click()
    newcomer.looks_it_over()
    page.get_by_label("Email").fill("new@mail.example")
    page.get_by_role("button").last.click()
    page.wait_for_url("**/accounts/confirm-email/**")
    newcomer.looks_it_over()
    (code,) = re.findall(r"(?m)^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mailoutbox[0].body)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Your name").fill("Nora New")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="My referrals")).to_be_visible()


def test_everyone_arrives_where_their_work_is(agency: Organisation, visit: Visit) -> None:
    for roles, heading in (((), "My referrals"), (("recruiter",), "Inbox"), (("administrator",), "My referrals")):
        page = visit(member_of(agency, "Someone", *roles)).goes_to("/")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page = visit(member_of(agency, "Hilde", "administrator")).goes_to("/brugwerk/members/")
    expect(page.get_by_role("heading", name="Invite someone")).to_be_visible()


def test_the_pages_of_accounts_read_well(agency: Organisation, visit: Visit) -> None:
    stranger = visit()
    page = stranger.goes_to("/accounts/login/")
    page.get_by_role("link", name="Mail me a code").click()
    stranger.looks_it_over()
    someone = visit(member_of(agency, "Someone"))
    for path in (
        "/accounts/2fa/",
        "/accounts/email/",
        "/accounts/2fa/totp/activate/",
        "/language/",
        "/brugwerk/mails/",
    ):
        someone.goes_to(path)
    page = someone.goes_to("/brugwerk/nowhere/at-all/")
    expect(page.get_by_role("heading", name="There is nothing here.")).to_be_visible()
    someone.wrong = [wrong for wrong in someone.wrong if "404" not in wrong]
