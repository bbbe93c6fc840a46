"""From nothing to a second version: an organisation starts itself, and a member agrees to what it changed."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from playwright.sync_api import expect

from kernel import work
from tests.e2e.conftest import Visit, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

CODE = r"(?m)^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$"


def _makes_an_account(newcomer: Visitor, email: str, mailoutbox: list[EmailMessage]) -> None:
    page = newcomer.page
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button").last.click()
    page.wait_for_url("**/accounts/confirm-email/**")
    (code,) = re.findall(CODE, str(mailoutbox[-1].body))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm").click()


def _answers_four_questions(founder: Visitor) -> None:
    """With a wrong number on the way, and a look back."""
    page = founder.page
    expect(page.get_by_role("heading", name="Your organisation")).to_be_visible()
    founder.looks_it_over()
    page.get_by_label("Name", exact=True).fill("De Kade")
    page.get_by_label("Country").select_option("BE")
    page.get_by_label("Language").select_option("nl")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name in law").fill("De Kade bv")
    page.get_by_label("Enterprise number").fill("0403.019.262")
    page.get_by_label("Enterprise number").press("Enter")
    expect(page.get_by_text("This is no enterprise number of this country.")).to_be_visible()
    founder.looks_it_over()
    page.get_by_label("Enterprise number").fill("0403.019.261")
    page.get_by_role("button", name="Go on").click()
    founder.looks_it_over()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Name in law")).to_have_value("De Kade bv")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Its name, as members read it").fill("Cooptation")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name").fill("Noor Claes")
    page.get_by_label("Invite people").fill("Lotte Maes <lotte@mail.example>")
    founder.looks_it_over()
    page.get_by_role("button", name="Make the organisation").click()


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _sets_up_a_second_factor(founder: Visitor) -> None:
    """Reads the codes for a lost phone at once, and goes on from there."""
    page = founder.page
    expect(page.get_by_text("Your role needs a second factor")).to_be_visible()
    page.goto(founder.address + "/accounts/2fa/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(_code(secret))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url("**/recovery-codes/")
    founder.looks_it_over()
    page.get_by_role("link", name="Go on").click()
    page.wait_for_url("**/de-kade/**")


def test_from_nothing_to_a_second_version(visit: Visit, mailoutbox: list[EmailMessage]) -> None:
    founder = visit()
    founder.goes_to("/start/")
    _makes_an_account(founder, "noor@mail.example", mailoutbox)
    _answers_four_questions(founder)
    _sets_up_a_second_factor(founder)
    page = founder.goes_to("/de-kade/programmes/")
    expect(page.get_by_role("link", name="Cooptation")).to_be_visible()
    work.sweep()

    lotte = visit()
    (link,) = re.findall(r"http\S+(/join/\S+)", str(mailoutbox[-1].body))
    lotte.goes_to(link)
    _makes_an_account(lotte, "lotte@mail.example", mailoutbox)
    lotte.page.get_by_role("button", name="Accept the invitation").click()
    lotte.page.wait_for_url("**/de-kade/**")
    page = lotte.goes_to("/de-kade/programmes/")
    page.get_by_role("link", name="The terms").click()
    page.get_by_role("button", name="I agree to these terms").click()
    page = lotte.goes_to("/de-kade/referrals/new/")
    page.get_by_label("Their name").fill("An Peeters")
    page.get_by_label("Their e-mail address").fill("an@mail.example")
    page.get_by_label("How do you know them?").fill("We built a port together.")
    page.get_by_role("button", name="Recommend").click()
    page.wait_for_url(re.compile(r"/de-kade/referrals/[A-Z0-9]{7}/"))

    page = founder.goes_to("/de-kade/programmes/")
    page.get_by_role("button", name="Write the next version").click()
    amount = page.locator('[name="rewards.0.amount.tiers.0.amount"]')
    amount.fill("1500")
    amount.press("Tab")
    expect(page.locator("#preview")).to_contain_text("EUR 1,500.00")
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("button", name="Publish and tell the members").click()
    expect(page.get_by_text("Published.")).to_be_visible()

    page = lotte.goes_to("/de-kade/programmes/")
    page.get_by_role("link", name="The terms").press("Enter")
    expect(page.locator(".change ins").first).to_contain_text("EUR 1,500.00")
    lotte.looks_it_over()
    page.get_by_role("button", name="I agree to these terms").press("Enter")
    expect(page.get_by_text("You agreed to this version")).to_be_visible()
    founder.wrong = [wrong for wrong in founder.wrong if "422" not in wrong]  # the number that was mistyped
