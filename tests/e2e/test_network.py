"""A network's journeys: an opportunity is shared and landed, its share remitted, members find each other."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.models import Message
from tests.e2e.conftest import Visit, Visitor, member_of
from tests.factories import OrganisationFactory
from tests.stories import payee_of
from tests.stories_of_network import network

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waterkant() -> Organisation:
    organisation = OrganisationFactory(slug="waterkant", name="De Waterkant")
    with tenant(organisation.pk):
        network(organisation)
    return organisation


@pytest.fixture
def people(waterkant: Organisation) -> dict[str, Member]:
    found = {name: member_of(waterkant, name) for name in ("Femke", "Bas", "Imke")}
    found["Sander"] = member_of(waterkant, "Sander", "administrator")
    with tenant(waterkant.pk):
        for member in found.values():
            payee_of(waterkant, member)
    return found


def test_somebody_is_brought_in_applies_and_is_admitted(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    femke, sander, noor = visit(people["Femke"]), visit(people["Sander"]), visit()
    page = femke.goes_to("/waterkant/directory/bring-in/")
    page.get_by_label("Name").fill("Noor")
    page.get_by_label("E-mail address").fill("noor@mail.example")
    page.get_by_label("A line to them").fill("We work well together.")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("They were asked, and decide themselves.")).to_be_visible()
    femke.looks_it_over()

    page = noor.goes_to(_link_to("noor@mail.example"))
    expect(page.get_by_text("We work well together.")).to_be_visible()
    page.get_by_label("Disciplines").fill("Finance")
    page.get_by_label("What you have done").fill("I closed the books of three ports.")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_label("What you have done")).to_have_value("I closed the books of three ports.")
    noor.wrong = [wrong for wrong in noor.wrong if "422" not in wrong]
    page.get_by_label("Years of experience").fill("18")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Thank you. You hear from us")).to_be_visible()
    noor.looks_it_over()

    page = sander.goes_to("/waterkant/members/applications/")
    page.get_by_role("link", name="Noor").click()
    sander.looks_it_over()
    page.get_by_label("The experience that you found").fill("18 years of finance")
    page.get_by_role("button", name="Admit them").click()
    expect(page.get_by_text("Admitted. They are invited by mail.")).to_be_visible()
    sander.looks_it_over()
    page = femke.goes_to("/waterkant/directory/bring-in/")
    expect(page.get_by_text("admitted", exact=True)).to_be_visible()


def _link_to(email: str) -> str:
    """The link that somebody was mailed."""
    with tenant(Organisation.objects.get().pk):
        found = re.search(r"/a/[\w-]+/", Message.objects.get(to=email).text)
    assert found
    return found[0]


def _writes_a_profile(visitor: Visitor, discipline: str) -> None:
    page = visitor.goes_to("/waterkant/directory/me/")
    page.get_by_label("What I do, in one line").fill(f"I keep {discipline} in order")
    page.get_by_label("Disciplines").fill(discipline)
    page.get_by_label("Years of experience").fill("14")
    page.get_by_label("Town").fill("Gent")
    page.get_by_label("Available from").fill(timezone.localdate().isoformat())
    page.get_by_label("Days a week").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Available now")).to_be_visible()
    visitor.looks_it_over()


def _shares(sharer: Visitor) -> str:
    page = sharer.goes_to("/waterkant/opportunities/")
    page.get_by_role("link", name="Share an opportunity").first.click()
    sharer.looks_it_over()
    page.get_by_label("In one line").fill("Interim controller")
    page.get_by_role("textbox", name="Client").fill("Havenbedrijf")
    page.get_by_role("button", name="Finance").click()
    page.get_by_label("Town").fill("Atlantis")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_text("We do not know where this is.")).to_be_visible()
    expect(page.get_by_label("In one line")).to_have_value("Interim controller")
    sharer.wrong = [wrong for wrong in sharer.wrong if "422" not in wrong]
    page.get_by_label("Town").fill("Antwerpen")
    page.get_by_role("button", name="Share it").click()
    expect(page.get_by_role("heading", name="Who fits")).to_be_visible()
    sharer.looks_it_over()
    return Path(page.url).name


def test_an_opportunity_is_shared_landed_and_remitted(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    femke, bas, imke = (visit(people[name]) for name in ("Femke", "Bas", "Imke"))
    _writes_a_profile(bas, "Finance")
    reference = _shares(femke)
    page = femke.page
    expect(page.get_by_text("Finance · 14 years of experience")).to_be_visible()
    page.get_by_role("checkbox", name="Bas").check()
    page.get_by_role("button", name="Ask the chosen").click()
    expect(page.get_by_text("They were asked.")).to_be_visible()

    page = bas.goes_to(f"/waterkant/opportunities/{reference}/")
    expect(page.get_by_text("Femke thinks of you for this")).to_be_visible()
    page.get_by_label("Why it suits me").fill("I closed the books of two ports.")
    page.get_by_role("button", name="I am interested").click()
    expect(page.get_by_text("Who shares it was told.")).to_be_visible()
    bas.looks_it_over()
    page = imke.goes_to(f"/waterkant/opportunities/{reference}/")
    expect(page.get_by_role("link", name="Bas")).to_be_visible()
    expect(page.get_by_text("I closed the books")).to_have_count(0)

    page = femke.goes_to(f"/waterkant/opportunities/{reference}/")
    page.get_by_role("checkbox", name="Bas").check()
    page.get_by_role("button", name="Introduce the chosen").click()
    expect(page.get_by_text("Introduced. They were told.")).to_be_visible()
    page.get_by_text("Talks were held").click()
    page.get_by_label("With whom?").select_option(label="Bas")
    page.get_by_role("button", name="Record").first.click()
    expect(page.get_by_text("not confirmed yet")).to_be_visible()
    femke.looks_it_over()

    page = bas.goes_to(f"/waterkant/opportunities/{reference}/")
    bas.looks_it_over()
    page.get_by_role("button", name="Yes, we talked").click()
    expect(page.get_by_text("In talks")).to_be_visible()
    page.get_by_text("I landed it").click()
    page.get_by_role("checkbox", name="Bas").check()
    page.get_by_label("Landed on").fill((timezone.localdate() - timedelta(31)).isoformat())
    page.get_by_role("button", name="Record").last.click()
    expect(page.get_by_text("Congratulations.")).to_be_visible()
    _remits(bas, reference)
    page = femke.goes_to(f"/waterkant/assignments/{reference}/")
    expect(page.get_by_text("EUR 900.00").first).to_be_visible()
    femke.looks_it_over()
    answer = imke.page.goto(imke.address + f"/waterkant/assignments/{reference}/")
    assert answer
    assert answer.status == 404
    imke.wrong = [wrong for wrong in imke.wrong if "404" not in wrong]


def _remits(performer: Visitor, reference: str) -> None:
    page = performer.goes_to(f"/waterkant/assignments/{reference}/")
    page.get_by_label("Small").check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_text("Declared. Thank you")).to_be_visible()
    page = performer.goes_to("/waterkant/assignments/")
    month = page.locator(".turnover").last
    month.get_by_role("textbox").fill("12000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    work.sweep()
    work.sweep()
    page = performer.goes_to(f"/waterkant/assignments/{reference}/")
    expect(page.get_by_text("EUR 1,800.00 of at most EUR 5,000.00")).to_be_visible()
    expect(page.get_by_role("link", name="F-")).to_be_visible()
    performer.looks_it_over()


def test_members_find_each_other(waterkant: Organisation, people: dict[str, Member], visit: Visit) -> None:
    bas, imke = visit(people["Bas"]), visit(people["Imke"])
    _writes_a_profile(bas, "Finance")
    page = imke.goes_to("/waterkant/directory/")
    expect(page.get_by_role("heading", name="Available now and soon")).to_be_visible()
    page.get_by_label("Discipline").select_option("Finance")
    page.get_by_role("button", name="Show").click()
    imke.looks_it_over()
    expect(page.locator(".member-card")).to_have_count(1)
    page.get_by_role("link", name="Bas").click()
    expect(page.get_by_text("I keep Finance in order")).to_be_visible()
    imke.looks_it_over()
