"""A network's group in a browser: a meeting, thanks, and how often one hears of it; every page in three languages."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Meeting, Member, Organisation
from members.services import agenda, meetings, thanking
from members.services.accounts import set_language
from notices.models import Message
from tests.e2e.conftest import LOOKS, ON_A_PHONE, Visit, Visitor, member_of
from tests.factories import OrganisationFactory
from tests.stories_of_network import network, share, win

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waterkant() -> Organisation:
    organisation = OrganisationFactory(slug="waterkant", name="De Waterkant")
    with tenant(organisation.pk):
        network(organisation)
    return organisation


@pytest.fixture
def people(waterkant: Organisation) -> dict[str, Member]:
    found = {name: member_of(waterkant, name) for name in ("Femke", "Bas")}
    return found | {"Sander": member_of(waterkant, "Sander", "administrator")}


def _plans(sander: Visitor) -> str:
    page = sander.goes_to("/waterkant/meetings/")
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title").fill("Autumn meeting")
    page.get_by_label("Day").fill((timezone.localdate() + timedelta(20)).isoformat())
    page.get_by_label("Begins at").fill("20:00")
    page.get_by_label("Ends at").fill("18:00")
    page.get_by_label("How many can come").fill("1")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("It ends before it begins.")).to_be_visible()
    expect(page.get_by_text("Say where it is")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Autumn meeting")
    sander.looks_it_over()
    sander.wrong = [wrong for wrong in sander.wrong if "422" not in wrong]
    page.get_by_label("Ends at").fill("22:00")
    page.get_by_label("Place").fill("Waterkant 8, Utrecht")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Here you add the agenda.")).to_be_visible()
    for title, kind, minutes in (("Welcome", "A point of the agenda", "15"), ("", "A member speaks", "40")):
        if page.get_by_label("Minutes").is_hidden():
            page.get_by_text("Add a point").click()
        page.get_by_label("What it is").select_option(label=kind)
        page.get_by_label("About what").last.fill(title)
        page.get_by_label("Minutes").fill(minutes)
        page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("20:15")).to_be_visible()
    sander.looks_it_over()
    page.get_by_role("link", name="Change: Welcome").click()
    sander.looks_it_over()
    page.get_by_label("Minutes").fill("20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("20:20")).to_be_visible()
    return page.url.removeprefix(sander.address)


def test_a_meeting_is_planned_answered_spoken_at_and_noted(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    sander, femke, bas = (visit(people[name]) for name in ("Sander", "Femke", "Bas"))
    address = _plans(sander)
    work.sweep()
    page = femke.goes_to(address)
    page.get_by_role("button", name="I come", exact=True).click()
    expect(page.get_by_text("Noted: you come.")).to_be_visible()
    page.get_by_text("I speak").click()
    femke.looks_it_over()
    page.get_by_label("About what").fill("Ports")
    page.get_by_role("button", name="Put me on the agenda").click()
    expect(page.get_by_text("You stand on the agenda.")).to_be_visible()

    page = bas.goes_to("/waterkant/meetings/")
    page.get_by_role("button", name="Put me on the waiting list").click()
    expect(page.get_by_text("You are on the waiting list")).to_be_visible()
    bas.looks_it_over()

    page = femke.goes_to(address)
    page.get_by_role("button", name="I cannot come after all").click()
    expect(page.get_by_text("what you were to speak of")).to_be_visible()
    femke.looks_it_over()
    page.get_by_role("button", name="I cannot come").click()
    expect(page.get_by_text("Noted: you do not come.")).to_be_visible()
    page = bas.goes_to(address)
    expect(page.get_by_text("you come", exact=True)).to_be_visible()
    expect(page.get_by_text("speaker wanted")).to_be_visible()
    with tenant(waterkant.pk):
        told = Message.objects.filter(kind__startswith="meeting").values_list("to", "subject")
        assert {subject.split(":")[0].split(",")[0] for to, subject in told if to == people["Bas"].user.email} == {
            "Autumn meeting", "You have a seat"
        }  # fmt: skip
    page = bas.goes_to("/waterkant/meetings/calendar/")
    assert page.get_by_label("Address").input_value().endswith(".ics")

    with tenant(waterkant.pk):
        began = timezone.now() - timedelta(hours=3)
        Meeting.objects.update(starts_at=began, ends_at=began + timedelta(hours=2))
    page = sander.goes_to(address)
    page.get_by_label("Notes").fill("We shared twelve.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Every member can read it here.")).to_be_visible()
    page.locator("summary").filter(has_text="Who was there").click()
    page.get_by_role("checkbox", name="Femke").check()
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    page = femke.goes_to("/waterkant/meetings/")
    expect(page.get_by_text("you were there")).to_be_visible()


def test_members_thank_each_other_and_say_how_often_they_hear_of_the_group(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    femke, bas, sander = (visit(people[name]) for name in ("Femke", "Bas", "Sander"))
    page = bas.goes_to(f"/waterkant/directory/{people['Femke'].pk}/")
    page.get_by_role("link", name="Say thank you").click()
    bas.looks_it_over()
    page.get_by_label("What for").fill("For passing on what you could not do.")
    page.get_by_role("button", name="Say thank you").click()
    expect(page.get_by_text("For passing on what you could not do.")).to_be_visible()
    bas.looks_it_over()

    page = femke.goes_to("/waterkant/mails/")
    page.get_by_label("on the first of the month").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("on the first of the month")).to_be_checked()
    page = femke.goes_to("/waterkant/group/")
    page.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("For passing on what you could not do.")).to_have_count(0)

    page = sander.goes_to("/waterkant/settings/webhooks/")
    page.get_by_label("A channel of Slack").check()
    page.get_by_label("Address").fill("https://chat.example/services/T0/B0/a-secret-of-the-chat")
    page.get_by_label("an opportunity is shared with the network").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    sander.looks_it_over()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_of_the_network_reads_well_in_every_language(
    waterkant: Organisation, people: dict[str, Member], visit: Visit, language: str
) -> None:
    femke, bas, sander = people["Femke"], people["Bas"], people["Sander"]
    today = timezone.localdate()
    with tenant(waterkant.pk):
        shared = share(femke, today - timedelta(60))
        win(shared, bas, on=today - timedelta(40))
        begins = timezone.make_aware(datetime.combine(today + timedelta(9), time(18)))
        fields = {"title": "Meeting", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Utrecht"}
        meeting = meetings.plan(fields=fields, by=sander, at=timezone.now())
        agenda.add(
            meeting=meeting, fields={"kind": "presents", "title": "", "minutes": 9}, by=sander, at=timezone.now()
        )
        thanking.thank(to=femke, text="Thanks.", by=bas, at=timezone.now())
    reference = shared.case.reference
    of_members = (
        "opportunities/", f"opportunities/{reference}/", "opportunities/new/", "assignments/",
        f"assignments/{reference}/", "assignments/import/", "pot/", "group/", f"group/thank/{femke.pk}/", "directory/",
        "directory/me/", "directory/bring-in/", "meetings/", f"meetings/{meeting.pk}/", "meetings/calendar/",
        "membership/", "membership/cancel/", "mails/", "programmes/",
    )  # fmt: skip
    of_administrators = ("meetings/new/", f"meetings/{meeting.pk}/", "members/applications/", "settings/membership/")
    for person, paths in ((bas, of_members), (sander, of_administrators)):
        set_language(user=person.user, language=language)
        visitor = visit(person)
        for path in paths:
            visitor.goes_to(f"/waterkant/{path}", LOOKS if language == "nl" else ON_A_PHONE)
            assert visitor.page.locator("html").get_attribute("lang") == language
