"""The administrator's desk: people, the organisation, its keys, what it tells other systems, and its log."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image
from playwright.sync_api import expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation
from members.services import teams
from members.services.accounts import set_language
from tests.e2e.conftest import Visit, member_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_people_and_teams(agency: Organisation, visit: Visit) -> None:
    with tenant(agency.pk):
        teams.add(name="Data")
    lotte = member_of(agency, "Lotte Claes")
    hilde = visit(member_of(agency, "Hilde Martens", "administrator"))
    page = hilde.goes_to("/brugwerk/members/teams/")
    page.get_by_label("Name").fill("Cloud")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Data").click()
    hilde.looks_it_over()
    page.get_by_label("Move everyone to").select_option(label="Cloud")
    page.get_by_role("button", name="Move everyone").click()
    expect(page.get_by_text("Data is gone")).to_be_visible()
    page = hilde.goes_to(f"/brugwerk/members/{lotte.pk}/")
    page.get_by_label("Team").select_option(label="Cloud")
    page.get_by_label("Recruiter").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Lotte Claes").click()
    last = timezone.localdate() + timedelta(60)
    page.get_by_label("Last day").fill(last.isoformat())
    page.get_by_role("button", name="Lotte Claes leaves").click()
    expect(page.get_by_text(f"leaves on {date_format(last)}")).to_be_visible()
    hilde.looks_it_over()


def test_the_look_is_seen_before_it_is_kept(agency: Organisation, visit: Visit) -> None:
    hilde = visit(member_of(agency, "Hilde Martens", "administrator"))
    page = hilde.goes_to("/brugwerk/settings/look/")
    page.get_by_label("Colour").fill("#aa2200")
    expect(page.locator('#look rect[fill="#aa2200"]').first).to_be_visible()
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#aa2200").save(picture, "PNG")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.get_by_label("Logo", exact=False).first.set_input_files(files=[logo])  # type: ignore[list-item]
    expect(page.get_by_alt_text("The logo as it would be shown")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".masthead img.brand-mark")).to_be_visible()
    hilde.looks_it_over()


def test_every_page_of_the_settings_reads_well(agency: Organisation, visit: Visit) -> None:
    hilde = visit(member_of(agency, "Hilde Martens", "administrator"))
    for path in ("", "invoicing/", "retention/"):
        hilde.goes_to(f"/brugwerk/settings/{path}")
    page = hilde.page
    page.get_by_label("People, in months").fill("6")
    page.get_by_role("button", name="What would that delete?").click()
    expect(page.get_by_text("With these periods, not saved yet")).to_be_visible()
    hilde.looks_it_over()


def test_keys_webhooks_and_the_log(agency: Organisation, visit: Visit) -> None:
    hilde = visit(member_of(agency, "Hilde Martens", "administrator"))
    page = hilde.goes_to("/brugwerk/settings/keys/")
    page.get_by_label("Which program uses it").fill("HR system")
    page.get_by_label("recommend people").check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#token")).to_have_value(re.compile("vsp_.{22}"))
    hilde.looks_it_over()
    page = hilde.goes_to("/brugwerk/settings/webhooks/")
    page.get_by_label("Address").fill("https://no-such-host.invalid/hook")
    page.get_by_label("an amount is paid").check()
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Send a test").click()
    work.sweep()
    page.reload()
    expect(page.get_by_text("its name is not known")).to_be_visible()
    hilde.looks_it_over()
    page = hilde.goes_to("/brugwerk/settings/audit-log/")
    page.get_by_label("About").select_option(label="Settings")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("API key made")).to_be_visible()
    expect(page.get_by_role("cell", name="Hilde Martens").first).to_be_visible()
    hilde.looks_it_over()


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Wat hierna verwijderd wordt"), ("fr", "Ce qui est supprimé ensuite")]
)
def test_the_desk_reads_well_in_every_language(agency: Organisation, visit: Visit, language: str, title: str) -> None:
    member = member_of(agency, "Hilde Martens", "administrator")
    set_language(user=member.user, language=language)
    hilde = visit(member)
    paths = (
        "members/",
        "members/teams/",
        f"members/{member.pk}/",
        "settings/",
        "settings/look/",
        "settings/invoicing/",
    )
    for path in (
        *paths,
        "settings/keys/",
        "settings/webhooks/",
        "settings/audit-log/",
        "programmes/",
        "programmes/new/",
    ):
        hilde.goes_to(f"/brugwerk/{path}")
    hilde.goes_to("/start/organisation/")
    page = hilde.goes_to("/brugwerk/settings/retention/")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
