"""An administrator writes a second version in the builder; a member reads what changed, and agrees."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.services import assessing
from programmes.models import Draft
from referrals.services import facts
from tests.e2e.conftest import Visit, Visitor, member_of
from tests.faults.conftest import wait_for
from tests.stories import recommend

pytestmark = pytest.mark.django_db(transaction=True)


def _earned(agency: Organisation) -> None:
    """Somebody was recommended, placed within a month, and worked sixty days."""
    today, now = timezone.localdate(), timezone.now()
    story = {"consented": 140, "interviewed": 130, "placed": 120, "started": 110, "worked": 20}
    with tenant(agency.pk):
        case, _token = recommend(agency, member_of(agency, "Amélie Fontaine"), today - timedelta(150))
        new = [
            facts.NewFact(
                kind,
                today - timedelta(ago),
                {"days": 60} if kind == "worked" else {},
                "1" if kind in ("placed", "started", "worked") else "",
            )
            for kind, ago in story.items()
        ]
        facts.record(case=case, facts=new, at=now)
    assessing.assess_due(organisation_id=agency.pk, at=now)


def _reads_and_agrees(reader: Visitor) -> None:
    page = reader.page
    reader.looks_it_over()
    page.get_by_role("button", name="I agree to these terms").click()
    expect(page.get_by_text("You agreed to this version")).to_be_visible()


def _writes(writer: Visitor) -> None:
    """Mistype an amount and mend it; add a row and take it away by the keyboard; choose another kind of moment."""
    page = writer.page
    amount = page.locator('[name="rewards.0.amount.tiers.0.amount"]')
    amount.fill("much")
    amount.press("Tab")
    expect(page.get_by_text("Give an amount such as")).to_be_visible()
    amount.fill("1500")
    amount.press("Tab")
    expect(page.get_by_text("Give an amount such as")).to_have_count(0)
    expect(page.locator("#preview")).to_contain_text("EUR 1,500.00 if the placement")
    page.get_by_role("button", name="Add a tier").press("Enter")
    expect(page.get_by_role("group", name="Tier 3")).to_be_focused()
    page.get_by_role("button", name="Remove: Tier 3").press("Enter")
    expect(page.get_by_role("group", name="Tier 3")).to_have_count(0)
    page.locator('[name="rewards.0.instalments.0.when.kind"]').select_option("elapsed")
    expect(page.locator('[name="rewards.0.instalments.0.when.since"]')).to_be_visible()
    page.locator('[name="rewards.0.instalments.0.when.since"]').select_option("started")
    page.locator('[name="rewards.0.instalments.0.when.period.months"]').fill("3")
    page.locator('[name="rewards.0.instalments.0.when.period.months"]').press("Tab")
    expect(page.locator("#preview")).to_contain_text("Earned 3 months after the first day at work.")
    writer.looks_it_over()


def _tries(writer: Visitor) -> None:
    page = writer.page
    page.get_by_role("link", name="Try it").click()
    expect(page.get_by_text("Earned on")).to_be_visible()
    writer.looks_it_over()
    page.get_by_label("Seen on").fill("2020-01-01")
    expect(page.get_by_text("On the way")).to_be_visible()
    page.get_by_role("button", name="Add a fact").click()
    expect(page.get_by_text("It appears here as soon as every row can be read.")).to_be_visible()


def _replays(writer: Visitor) -> None:
    page = writer.page
    page.get_by_role("link", name="Replay real cases").click()
    writer.looks_it_over()
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    work.sweep()
    expect(page.get_by_text("1 case was looked at.")).to_be_visible()
    expect(page.locator(".sums")).to_contain_text("EUR 1,200.00")
    writer.looks_it_over()
    page.get_by_role("region", name="Cases that differ").get_by_role("link").click()
    expect(page.get_by_text("60 days were worked by")).to_be_visible()
    expect(page.get_by_text("3 months after the first day at work on")).to_be_visible()
    writer.looks_it_over()


def _publishes(writer: Visitor) -> None:
    page = writer.page
    page.get_by_role("link", name="Publish…").click()
    writer.looks_it_over()
    expect(page.locator(".change")).to_have_count(2)
    page.get_by_label("A word to the members").fill("The quick earn more.")
    page.get_by_role("button", name="Publish and tell the members").click()
    expect(page.get_by_text("Published.")).to_be_visible()


def test_from_the_builder_to_a_second_version_that_a_member_agrees_to(agency: Organisation, visit: Visit) -> None:
    _earned(agency)
    reader = visit(member_of(agency, "Lotte Claes"))
    page = reader.goes_to("/brugwerk/programmes/")
    page.get_by_role("link", name="The terms").click()
    expect(page.get_by_role("heading", name="Worked examples")).to_be_visible()
    _reads_and_agrees(reader)

    writer = visit(member_of(agency, "Hilde Martens", "administrator"))
    writer.goes_to("/brugwerk/programmes/").get_by_role("button", name="Write the next version").click()
    writer.page.wait_for_url("**/drafts/**")
    draft = writer.page.url.removeprefix(writer.address)
    writer.looks_it_over()
    for step in (_writes, _tries, _replays, _publishes):
        step(writer)
        if step is not _publishes:
            writer.page.goto(writer.address + draft)
    work.sweep()

    page = reader.goes_to("/brugwerk/programmes/")
    page.get_by_role("link", name="The terms").click()
    expect(page.get_by_role("heading", name="What changed since version 1, to which you agreed")).to_be_visible()
    expect(page.locator(".change ins").first).to_contain_text("EUR 1,500.00")
    _reads_and_agrees(reader)
    page.get_by_role("link", name="History").click()
    reader.looks_it_over()
    expect(page.get_by_text("The quick earn more.")).to_be_visible()


def test_what_is_typed_while_a_row_is_added_is_kept(agency: Organisation, visit: Visit) -> None:
    writer = visit(member_of(agency, "Hilde Martens", "administrator"))
    writer.goes_to("/brugwerk/programmes/").get_by_role("button", name="Write the next version").click()
    page = writer.page
    page.wait_for_url("**/drafts/**")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/drafts/*/", hold, times=1)
    with page.expect_request("**/drafts/*/"):
        page.get_by_role("button", name="Add a tier").click()
    page.locator('[name="rewards.0.amount.tiers.0.amount"]').fill("1450")
    expect(page.get_by_role("group", name="Tier 3")).to_be_hidden()  # the answer is on its way
    held[0].continue_()
    expect(page.get_by_role("group", name="Tier 3")).to_be_visible()
    expect(page.locator('[name="rewards.0.amount.tiers.0.amount"]')).to_have_value("1450")
    expect(page.locator("#base")).to_have_value(re.compile("1450"))


def test_what_was_typed_last_is_kept_when_the_page_is_left(agency: Organisation, visit: Visit) -> None:
    writer = visit(member_of(agency, "Hilde Martens", "administrator"))
    writer.goes_to("/brugwerk/programmes/").get_by_role("button", name="Write the next version").click()
    page = writer.page
    page.wait_for_url("**/drafts/**")
    there = page.url
    page.locator('[name="rewards.0.amount.tiers.0.amount"]').fill("1450")
    page.goto(there.split("/programmes/")[0] + "/programmes/")

    def is_kept() -> bool:
        with tenant(agency.pk):
            return "1450" in str(Draft.objects.get().document)

    wait_for(is_kept)


def test_a_new_programme_from_a_preset(agency: Organisation, visit: Visit) -> None:
    writer = visit(member_of(agency, "Hilde Martens", "administrator"))
    page = writer.goes_to("/brugwerk/programmes/new/")
    page.get_by_label("Name").fill("Points")
    page.get_by_label("Points for an interview and for a hire").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#preview")).to_contain_text("50 points")
    writer.looks_it_over()
    page.get_by_role("link", name="As YAML").click()
    writer.looks_it_over()
