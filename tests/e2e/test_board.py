"""The form by keyboard, and the board by keyboard and by mouse."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernel.tenancy import tenant
from members.models import Organisation
from referrals.services import consent, submission
from tests.e2e.conftest import Visit, member_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_form_and_the_board_by_keyboard_alone(agency: Organisation, visit: Visit, tokens: list[str]) -> None:
    lotte, joris = member_of(agency, "Lotte"), member_of(agency, "Joris", "recruiter")
    page = visit(lotte).goes_to("/brugwerk/referrals/new/")
    page.get_by_label("Their name").focus()
    for text in ("An Peeters", "an@mail.example", "Two years in one team."):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Recommend", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="An Peeters")).to_be_visible()

    page = visit().goes_to(f"/c/{tokens[0]}/")
    page.get_by_role("button", name="Yes, you may contact me").press("Enter")
    expect(page.get_by_text("Thank you.")).to_be_visible()

    page = visit(joris).goes_to("/brugwerk/pipeline/")
    menu = page.get_by_text("Move An Peeters").locator("..")
    menu.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="In contact")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    menu.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("An Peeters: In contact.")).to_be_visible()


def test_a_card_is_dragged_to_another_column(agency: Organisation, visit: Visit) -> None:
    lotte, joris = member_of(agency, "Lotte"), member_of(agency, "Joris", "recruiter")
    with tenant(agency.pk):
        one = submission.Person(name="An Peeters", email="an@mail.example")
        case, _ = submission.recommend(organisation=agency, person=one, by=lotte, at=timezone.now())
        consent.agree(case=case, at=timezone.now())
    page = visit(joris).goes_to("/brugwerk/pipeline/")
    page.locator(".case-card").drag_to(page.locator('[data-stage="interviewed"]'))
    expect(page.get_by_text("An Peeters: Interviewed.")).to_be_visible()
