"""Money in a network, in a browser: a team that lands what was anonymised, a year's pot, and dues until somebody is late."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright._impl._api_structures import FilePayload
from playwright.sync_api import expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.services.people import leave
from payouts.models import Document, Pot
from payouts.services import dues, issuing
from tests.bank import Entry, camt_of
from tests.e2e.conftest import Visit, member_of
from tests.factories import OrganisationFactory
from tests.stories import at, payee_of, publish
from tests.stories_of_network import earn, network, pay, publicise, settle, share, win

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
YEAR = TODAY.year - 1


@pytest.fixture
def waterkant() -> Organisation:
    organisation = OrganisationFactory(slug="waterkant", name="De Waterkant")
    with tenant(organisation.pk):
        network(organisation)
        publish("coins_publicity", name="Publicity")
    return organisation


@pytest.fixture
def people(waterkant: Organisation) -> dict[str, Member]:
    found = {name: member_of(waterkant, name) for name in ("Femke", "Bas", "Imke")}
    with tenant(waterkant.pk):
        for member in found.values():
            payee_of(waterkant, member)
    found |= {name: member_of(waterkant, name, "finance") for name in ("Ruben", "Aylin")}
    return found | {"Sander": member_of(waterkant, "Sander", "administrator")}


def test_a_team_lands_what_was_anonymised(waterkant: Organisation, people: dict[str, Member], visit: Visit) -> None:
    femke, bas, imke = (visit(people[name]) for name in ("Femke", "Bas", "Imke"))
    with tenant(waterkant.pk):
        shared = share(people["Femke"], TODAY - timedelta(3), visibility="anonymised")
    address = f"/waterkant/opportunities/{shared.case.reference}/"
    for visitor in (bas, imke):
        page = visitor.goes_to(address)
        expect(page.get_by_text("Havenbedrijf")).to_have_count(0)
        page.get_by_label("Why it suits me").fill("I closed the books of two ports.")
        page.get_by_role("button", name="I am interested").click()
        expect(page.get_by_text("Who shares it was told.")).to_be_visible()
    page = femke.goes_to(address)
    page.get_by_role("checkbox", name="Bas").check()
    page.get_by_role("checkbox", name="Imke").check()
    page.get_by_label("Team").fill("Two for the port")
    page.get_by_role("button", name="Introduce the chosen").click()
    expect(page.get_by_text("Introduced. They were told.")).to_be_visible()
    femke.looks_it_over()
    page = bas.goes_to(address)
    expect(page.get_by_text("Havenbedrijf")).to_be_visible()

    page = femke.goes_to(address)
    page.get_by_text("landed it").first.click()
    landed = page.locator("form").filter(has_text="Landed on")
    landed.get_by_role("checkbox", name="Bas").check()
    landed.get_by_role("checkbox", name="Imke").check()
    landed.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Recorded. They say how much")).to_be_visible()
    page = bas.goes_to(f"/waterkant/assignments/{shared.case.reference}/")
    page.get_by_label("Small").check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_text("Declared. Thank you")).to_be_visible()
    page = imke.goes_to(f"/waterkant/assignments/{shared.case.reference}/")
    expect(page.get_by_role("button", name="Declare")).to_have_count(0)
    page = imke.goes_to("/waterkant/group/")
    expect(page.get_by_text("Bas and Imke")).to_be_visible()


def _fill_last_year(waterkant: Organisation, people: dict[str, Member]) -> None:
    """Have somebody remit, so that EUR 450 are in the pot, and another earn five coins."""
    with tenant(waterkant.pk):
        (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1))
        earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
    settle(waterkant, date(YEAR, 5, 2))
    with tenant(waterkant.pk):
        pay(waterkant, Document.objects.get(kind="sale"), "2178.00", people["Ruben"], on=date(YEAR, 5, 20))
        publicise(people["Imke"], people["Sander"], date(YEAR, 6, 1))
    settle(waterkant, date(YEAR, 6, 2))


def test_a_years_pot_is_proposed_objected_to_and_divided_by_two(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    _fill_last_year(waterkant, people)
    ruben, aylin, imke = (visit(people[name]) for name in ("Ruben", "Aylin", "Imke"))
    address = f"/waterkant/pot/{YEAR}/"
    page = ruben.goes_to(address)
    expect(page.get_by_text("EUR 450.00").first).to_be_visible()
    page.get_by_role("button", name="Propose to divide it").click()
    expect(page.get_by_text("Open to objections until")).to_be_visible()
    ruben.looks_it_over()

    page = imke.goes_to(address)
    page.get_by_text("Something is wrong").click()
    page.locator("form").filter(has=page.get_by_role("button", name="Object")).get_by_role("textbox").fill("One more.")
    page.get_by_role("button", name="Object").click()
    expect(page.get_by_text("One more.")).to_be_visible()
    imke.looks_it_over()
    page = ruben.goes_to(address)
    page.get_by_role("button", name="Take the proposal back").click()
    expect(page.get_by_text("Objections to the proposal that was taken back")).to_be_visible()
    ruben.looks_it_over()
    page.get_by_role("button", name="Propose to divide it").click()
    page = aylin.goes_to(address)
    page.get_by_label("Answer").fill("It was in January: it counts for this year.")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("It was in January")).to_be_visible()
    expect(page.get_by_role("button", name="Divide it")).to_have_count(0)

    with tenant(waterkant.pk):
        Pot.objects.update(objections_until=TODAY - timedelta(1))
    page = ruben.goes_to(address)
    expect(page.get_by_role("button", name="Divide it")).to_have_count(0)
    page = aylin.goes_to(address)
    page.get_by_role("button", name="Divide it").click()
    expect(page.get_by_text("Divided on")).to_be_visible()
    aylin.looks_it_over()
    work.sweep()
    page = imke.goes_to(address)
    expect(page.get_by_text("5 coins").first).to_be_visible()
    page = imke.goes_to("/waterkant/earnings/")
    expect(page.get_by_text("EUR 450.00").first).to_be_visible()


def test_dues_are_asked_paid_and_late(waterkant: Organisation, people: dict[str, Member], visit: Visit) -> None:
    sander, ruben, bas, imke = (visit(people[name]) for name in ("Sander", "Ruben", "Bas", "Imke"))
    page = sander.goes_to("/waterkant/settings/membership/")
    page.get_by_label("Dues", exact=True).fill("50")
    page.get_by_label("every quarter").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say from which day on dues are due.")).to_be_visible()
    sander.wrong = [wrong for wrong in sander.wrong if "422" not in wrong]
    asked_on = TODAY - timedelta(80)
    page.get_by_label("First day of the first period").fill(asked_on.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    with tenant(waterkant.pk):
        Member.objects.filter(roles__overlap=["finance", "administrator"]).update(pays_dues=False)
        Member.objects.update(joined_on=asked_on - timedelta(30))
    dues.charge_dues(organisation_id=waterkant.pk, at=at(asked_on))
    issuing.issue_all(organisation=waterkant, at=at(asked_on))
    with tenant(waterkant.pk):
        sale = Document.objects.get(kind="sale", member=people["Bas"])
        assert sale.total == Decimal("60.50")
    page = bas.goes_to("/waterkant/membership/")
    expect(page.get_by_role("link", name=sale.number)).to_be_visible()

    page = ruben.goes_to("/waterkant/payouts/statements/")
    content = camt_of([Entry(sale.total, reference=sale.reference)])
    file = FilePayload(name="bank.xml", mimeType="text/xml", buffer=content)
    page.get_by_label("File (camt.053)").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("1 new movement, ")).to_be_visible()
    page = ruben.goes_to("/waterkant/payouts/arrears/")
    expect(page.get_by_role("heading", name="Imke")).to_be_visible()
    expect(page.get_by_role("heading", name="Bas")).to_have_count(0)
    page = imke.goes_to("/waterkant/membership/cancel/")
    page.get_by_label("Your last day").fill(TODAY.isoformat())
    page.get_by_role("button", name="Cancel my membership").click()
    expect(page.get_by_text("Cancelled. Thank you for what you brought here.")).to_be_visible()
    imke.looks_it_over()


def test_of_who_left_without_declaring_finance_declares(
    waterkant: Organisation, people: dict[str, Member], visit: Visit
) -> None:
    with tenant(waterkant.pk):
        (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1), level="")
        earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
        on = timezone.localdate()
        leave(organisation=waterkant, member=people["Bas"], on=on, by=people["Sander"], at=timezone.now())
    settle(waterkant)
    ruben = visit(people["Ruben"])
    page = ruben.goes_to("/waterkant/assignments/everyone/")
    expect(page.get_by_text("contribution not declared")).to_be_visible()
    page.get_by_role("link", name="Interim controller").click()
    ruben.looks_it_over()
    page.get_by_label("Small").check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_text("Recorded.")).to_be_visible()
    settle(waterkant)
    page = ruben.goes_to("/waterkant/assignments/everyone/")
    expect(page.get_by_text("contribution not declared")).to_have_count(0)
    expect(page.get_by_text("EUR 1,800.00")).to_be_visible()
