"""Whole journeys: a recommendation from the form to the payment, with everyone at a browser of their own."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement
from payouts.services import assessing
from referrals.models import Case
from referrals.services import submission
from referrals.signals import case_submitted
from tests.e2e.conftest import Visitor
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


@pytest.fixture
def tokens() -> Iterator[list[str]]:
    """The links that people were sent."""
    sent: list[str] = []

    def keep(token: str, **_: object) -> None:
        sent.append(token)

    case_submitted.connect(keep)
    yield sent
    case_submitted.disconnect(keep)


@pytest.fixture
def agency() -> Organisation:
    organisation = OrganisationFactory(slug="brugwerk", name="Brugwerk")
    with tenant(organisation.pk):
        publish("cooptation_bonus")
    return organisation


def _member(organisation: Organisation, name: str, *roles: str) -> Member:
    return MemberFactory(organisation=organisation, name=name, roles=roles)


def _case() -> str:
    organisation = Organisation.objects.get(slug="brugwerk")
    with tenant(organisation.pk):
        return Case.objects.get().reference


def _record(page: Page, link: str, **fields: str) -> None:
    page.get_by_role("link", name=link).click()
    for label, value in fields.items():
        field = page.get_by_label(re.compile("^\\s*" + label.replace("_", " ")))
        field.select_option(value) if label == "Seniority" else field.fill(value)
    page.get_by_role("button", name="Record", exact=True).click()


def _recommends(member: Visitor) -> None:
    page = member.goes_to("/brugwerk/referrals/")
    page.get_by_role("link", name="Recommend someone").first.click()
    member.looks_it_over()
    expect(page.get_by_text("EUR 1,200.00 if the placement comes within 1 month")).to_be_visible()
    page.get_by_label("Their name").fill("An Peeters")
    page.get_by_label("Their e-mail address").fill("an@mail.example")
    page.get_by_label("How do you know them?").fill("Two years in one team.")
    expect(page.get_by_text("This person can be recommended.")).to_be_visible()
    page.get_by_role("button", name="Recommend", exact=True).click()
    expect(page.get_by_role("heading", name="An Peeters")).to_be_visible()
    member.looks_it_over()
    expect(page.get_by_text("Waiting for the person's answer")).to_be_visible()


def _agrees(person: Visitor, token: str) -> None:
    page = person.goes_to(f"/c/{token}/")
    expect(page.get_by_role("heading", name="Lotte recommends you to Brugwerk.")).to_be_visible()
    page.get_by_role("button", name="Yes, you may contact me").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    person.looks_it_over()


def _finds_work_for_them(recruiter: Visitor, today: date) -> None:
    page = recruiter.goes_to("/brugwerk/inbox/")
    page.get_by_role("button", name="Take it in charge").click()
    expect(page.get_by_text("You take care of An Peeters now.")).to_be_visible()
    page = recruiter.goes_to("/brugwerk/pipeline/")
    page.get_by_text("Move An Peeters").locator("..").click()
    page.get_by_role("button", name="Interviewed").click()
    expect(page.get_by_text("An Peeters: Interviewed.")).to_be_visible()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    agreed, began = today - timedelta(140), today - timedelta(130)
    placed = {"Assignment_or_job": "Tester", "Seniority": "medior", "Agreed_on": agreed.isoformat()}
    _record(page, "Record a placement", Client="Havenbedrijf", **placed)
    _record(page, "Record the first day at work", First_day_at_work=began.isoformat())
    for back in (96, 64, 32):
        _record(page, "Record days worked", Month=f"{today - timedelta(back):%Y-%m}", Days_worked="21")
    expect(page.get_by_text("63")).to_be_visible()
    recruiter.looks_it_over()


def _proposes(proposer: Visitor) -> None:
    page = proposer.goes_to("/brugwerk/payouts/")
    page.get_by_role("link", name=_case()).click()
    expect(page.get_by_text("60 days were worked by")).to_be_visible()
    proposer.looks_it_over()
    page.go_back()
    page.get_by_role("checkbox", name=_case()).check()
    page.get_by_role("button", name="Propose the chosen for payment").click()
    expect(page.get_by_text("1 amount was proposed.")).to_be_visible()
    proposer.looks_it_over()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def _approves_and_pays(approver: Visitor) -> None:
    page = approver.goes_to("/brugwerk/payouts/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve the chosen").click()
    expect(page.get_by_text("1 amount was approved.")).to_be_visible()
    page.get_by_placeholder("Reference of the payment").fill("BANK-2027-1")
    page.get_by_role("button", name="Paid").click()
    expect(page.get_by_text("Nothing is approved and unpaid.")).to_be_visible()
    approver.looks_it_over()


def test_a_cooptation_bonus_from_the_form_to_the_payment(agency: Organisation, visit: Visit, tokens: list[str]) -> None:
    member = visit(_member(agency, "Lotte"))
    _recommends(member)
    _agrees(visit(), tokens[0])
    _finds_work_for_them(visit(_member(agency, "Joris", "recruiter")), timezone.localdate())
    work.sweep()
    _proposes(visit(_member(agency, "Greet", "finance")))
    _approves_and_pays(visit(_member(agency, "Bart", "finance")))
    page = member.goes_to(f"/brugwerk/referrals/{_case()}/")
    expect(page.get_by_text("EUR 1,200.00").first).to_be_visible()
    page.get_by_text("Why?").click()
    expect(page.get_by_text("The person agreed on")).to_be_visible()
    member.looks_it_over()


def test_a_referral_bonus_half_at_the_start_and_half_after_probation(visit: Visit, tokens: list[str]) -> None:
    company = OrganisationFactory(slug="brugwerk", name="Halve Maan IT", colour="#b4532a")
    with tenant(company.pk):
        publish("it_referral_bonus")
    today = timezone.localdate()
    member, recruiter = visit(_member(company, "Priya")), visit(_member(company, "Daan", "recruiter"))
    page = member.goes_to("/brugwerk/referrals/new/")
    expect(page.get_by_text("EUR 5,000.00 where seniority is senior")).to_be_visible()
    expect(page.get_by_text("of it is earned with the first day at work")).to_be_visible()
    for label, text in (
        ("Their name", "Bo Bakker"),
        ("Their e-mail address", "bo@mail.example"),
        ("How do you", "Well."),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Recommend", exact=True).click()
    visit().goes_to(f"/c/{tokens[0]}/").get_by_role("button", name="Yes, you may contact me").click()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    page.get_by_role("button", name="Take it in charge").click()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    placed = {"Assignment_or_job": "Engineer", "Seniority": "senior", "Agreed_on": today.isoformat()}
    _record(page, "Record a placement", Client="Halve Maan IT", **placed)
    ends = (today + timedelta(60)).isoformat()
    _record(page, "Record the first day at work", First_day_at_work=today.isoformat(), Probation_ends_on=ends)
    work.sweep()
    page = member.goes_to(f"/brugwerk/referrals/{_case()}/")
    expect(page.get_by_text("Earned on")).to_have_count(1)
    expect(page.get_by_text("EUR 2,500.00")).to_have_count(2)
    expect(page.get_by_text("This date is set.")).to_be_visible()
    with tenant(company.pk):
        pinned = Case.objects.get().pk
    assessing.assess_due(organisation_id=company.pk, at=timezone.now() + timedelta(60))
    with tenant(company.pk):
        states = Entitlement.objects.filter(case=pinned).order_by("instalment").values_list("state", flat=True)
        assert list(states) == ["due", "due"]
    page = visit(_member(company, "Ingrid", "finance")).goes_to("/brugwerk/payouts/")
    expect(page.get_by_role("checkbox")).to_have_count(2)


def test_the_form_and_the_board_by_keyboard_alone(agency: Organisation, visit: Visit, tokens: list[str]) -> None:
    lotte, joris = _member(agency, "Lotte"), _member(agency, "Joris", "recruiter")
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
    from referrals.services import consent

    lotte, joris = _member(agency, "Lotte"), _member(agency, "Joris", "recruiter")
    with tenant(agency.pk):
        one = submission.Person(name="An Peeters", email="an@mail.example")
        case, _ = submission.recommend(organisation=agency, person=one, by=lotte, at=timezone.now())
        consent.agree(case=case, at=timezone.now())
    page = visit(joris).goes_to("/brugwerk/pipeline/")
    page.locator(".case-card").drag_to(page.locator('[data-stage="interviewed"]'))
    expect(page.get_by_text("An Peeters: Interviewed.")).to_be_visible()


def test_joining_by_the_open_link_and_an_e_mailed_code(agency: Organisation, visit: Visit, mailoutbox: list) -> None:  # type: ignore[type-arg]
    from members import services

    token = services.renew_open_link(organisation=agency, expires_at=timezone.now() + timedelta(1))
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
        page = visit(_member(agency, "Someone", *roles)).goes_to("/")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page = visit(_member(agency, "Hilde", "administrator")).goes_to("/brugwerk/members/")
    expect(page.get_by_role("heading", name="Invite someone")).to_be_visible()


def test_the_pages_of_accounts_read_well(agency: Organisation, visit: Visit) -> None:
    stranger = visit()
    page = stranger.goes_to("/accounts/login/")
    page.get_by_role("link", name="Mail me a code").click()
    stranger.looks_it_over()
    someone = visit(_member(agency, "Someone"))
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
