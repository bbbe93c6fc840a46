"""A recruiter's days: talks, assignments, profiles, several cases at once, files, one person under two addresses."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernel.tenancy import tenant
from members.models import Member, Organisation
from referrals.models import Case
from referrals.services import consent
from tests.e2e.conftest import Visit, member_of
from tests.factories import MemberFactory
from tests.stories import publish, recommend, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lotte(agency: Organisation) -> Member:
    return member_of(agency, "Lotte")


@pytest.fixture
def joris(agency: Organisation) -> Member:
    return member_of(agency, "Joris", "recruiter")


def _agreed(organisation: Organisation, by: Member, name: str, email: str) -> tuple[Case, str]:
    with tenant(organisation.pk):
        case, token = recommend(organisation, by, timezone.localdate() - timedelta(3), email, name=name)
        consent.agree(case=case, at=timezone.now())
    return case, token


def test_a_talk_then_an_assignment_that_the_person_agrees_to_then_the_profile(
    agency: Organisation, lotte: Member, joris: Member, visit: Visit
) -> None:
    case, token = _agreed(agency, lotte, "An Peeters", "an@mail.example")
    recruiter, person = visit(joris), visit()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{case.reference}/")
    page.get_by_role("link", name="Plan an interview").click()
    page.get_by_label("Date and time").fill((timezone.localtime() + timedelta(2)).strftime("%Y-%m-%dT10:00"))
    page.get_by_label("Where, or the link of the call").fill("Handelsdok 12, Gent")
    recruiter.looks_it_over()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("the person gets a mail")).to_be_visible()
    page.get_by_role("link", name="Ask about an assignment").click()
    page.get_by_label("Client").fill("Havenbedrijf")
    page.get_by_label("Assignment or job").fill("Data engineer")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("not answered yet").first).to_be_visible()

    theirs = person.goes_to(f"/c/{token}/")
    expect(theirs.get_by_text("Handelsdok 12, Gent")).to_be_visible()
    theirs.get_by_role("button", name="Yes, show it").click()
    expect(theirs.get_by_text("The client may see your profile now.")).to_be_visible()
    person.looks_it_over()

    page = recruiter.goes_to(f"/brugwerk/pipeline/{case.reference}/")
    expect(page.get_by_text("Write the profile first.")).to_be_visible()
    page.get_by_role("link", name="Profile for clients").click()
    page.get_by_label("In one line").fill("Builds what lasts")
    page.get_by_label("Summary").fill("Ten years of data.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Look at the profile").click()
    expect(page.get_by_text("Recommended by a freelancer")).to_be_visible()
    recruiter.looks_it_over()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "an-peeters.pdf"


def test_several_cases_are_moved_and_the_panel_opens_beside_the_board(
    agency: Organisation, lotte: Member, joris: Member, visit: Visit
) -> None:
    for number in range(3):
        _agreed(agency, lotte, f"Person {number}", f"person{number}@mail.example")
    recruiter = visit(joris)
    page = recruiter.goes_to("/brugwerk/pipeline/list/")
    for number in (0, 1):
        page.get_by_role("checkbox", name=f"Person {number}").check()
    page.get_by_label("Move to").select_option("interviewed")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("2 cases: Interviewed.")).to_be_visible()
    recruiter.looks_it_over()
    page = recruiter.goes_to("/brugwerk/pipeline/?words=person")
    page.locator(".case-card", has_text="Person 1").hover()
    page.get_by_role("checkbox", name="Person 1").check()
    page.locator("#several summary").click()
    page.get_by_label("Reason").select_option("filled")
    page.get_by_role("button", name="Reject all of them").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Person 1")).to_be_checked()
    expect(page.get_by_label("Reason")).to_have_value("filled")
    recruiter.wrong = [line for line in recruiter.wrong if "422" not in line]
    recruiter.looks_it_over()
    page.get_by_label("What the member may read").fill("Somebody else signed.")
    page.get_by_role("button", name="Reject all of them").click()
    expect(page.get_by_text("1 case: Rejected.")).to_be_visible()
    expect(page).to_have_url(re.compile("words=person"))
    page = recruiter.goes_to("/brugwerk/pipeline/")
    page.get_by_role("link", name="Person 2").click()
    expect(page.locator("#panel").get_by_role("heading", name="Person 2")).to_be_visible()
    recruiter.looks_it_over()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.get_by_role("link", name="Person 2")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Name or reference")).to_be_focused()
    page.get_by_label("Name or reference").fill("person 0")
    page.keyboard.press("Enter")
    expect(page.locator(".case-card")).to_have_count(1)


def test_one_person_under_two_addresses_is_merged_and_parted(
    agency: Organisation, lotte: Member, joris: Member, visit: Visit
) -> None:
    with tenant(agency.pk):
        for email, by in (("tine@one.example", lotte), ("tine@two.example", MemberFactory(organisation=agency))):
            recommend(agency, by, timezone.localdate(), email, name="Tine Vercammen")
    recruiter = visit(joris)
    page = recruiter.goes_to("/brugwerk/inbox/")
    page.locator("[data-keys]").first.focus()
    page.keyboard.press("m")
    expect(page.get_by_text("you can undo it here")).to_be_visible()
    recruiter.looks_it_over()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("They are two people again.")).to_be_visible()


def test_days_worked_come_from_a_file_after_a_look_at_every_line(
    agency: Organisation, visit: Visit, tmp_path: Path
) -> None:
    told = tell(agency)
    recruiter = visit(told.recruiter)
    file = tmp_path / "days.csv"
    file.write_text(f"case;month;days\n{told.case.reference};{timezone.localdate():%Y-%m};1.3\nNOBODY;2026-01;4\n")
    page = recruiter.goes_to("/brugwerk/pipeline/days/")
    page.get_by_label("CSV or XLSX file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("2 lines have a problem.")).to_be_visible()
    recruiter.looks_it_over()
    file.write_text(f"case;month;days\n{told.case.reference};{timezone.localdate():%Y-%m};1.5\n")
    page.get_by_label("CSV or XLSX file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name="Record all of it").click()
    expect(page.get_by_text("1 month was recorded.")).to_be_visible()


def test_a_link_that_a_member_shares_leads_to_a_form_and_a_mail(
    agency: Organisation, lotte: Member, visit: Visit
) -> None:
    member, stranger = visit(lotte), visit()
    page = member.goes_to("/brugwerk/referrals/new/")
    page.get_by_role("button", name="My link").click()
    member.looks_it_over()
    address = page.get_by_label("Address", exact=True).input_value()
    theirs = stranger.goes_to("/" + address.split("/", 3)[3])
    theirs.get_by_label("Your name").fill("Bo Bakker")
    theirs.get_by_label("Your e-mail address").fill("bo@mail.example")
    theirs.get_by_role("button", name="I am interested").click()
    expect(theirs.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    stranger.looks_it_over()
    page = member.goes_to("/brugwerk/referrals/")
    expect(page.get_by_role("link", name="Bo Bakker")).to_be_visible()


def test_a_client_is_brought_in(agency: Organisation, lotte: Member, joris: Member, visit: Visit) -> None:
    with tenant(agency.pk):
        publish("new_business")
    member, recruiter = visit(lotte), visit(joris)
    page = member.goes_to("/brugwerk/referrals/")
    page.get_by_role("link", name="Bring in a client").click()
    member.looks_it_over()
    page.get_by_label("Which company?").fill("Drukkerij Linde")
    page.get_by_label("Whom should we call").fill("Ms Linde; three people for a year.")
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("EUR 350.00", exact=True)).to_be_visible()
    page = recruiter.goes_to("/brugwerk/leads/")
    page.get_by_label("Signed on").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="The client signed").click()
    expect(page.get_by_text("Client signed")).to_be_visible()
    recruiter.looks_it_over()
