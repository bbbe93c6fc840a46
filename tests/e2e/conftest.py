"""People in a browser: each in a context of their own, every page they see looked over."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from kernel.tenancy import tenant
from members.models import Member, Organisation
from referrals.signals import case_submitted
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"
FIND = f"""async () => (await axe.run({{runOnly: {RULES}}})).violations
    .map(one => one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' | '))"""
PATIENCE = 20_000
"""Milliseconds that a page may need for what is expected of it: a machine under load is slow, not wrong."""
A_MOMENT = 0.1  # seconds that a request sent before its browser closed may need to arrive
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
Looks = tuple[tuple[str, ViewportSize], ...]
ON_A_PHONE: Looks = (("light", NARROW),)
LOOKS: Looks = (("light", WIDE), ("dark", WIDE), *ON_A_PHONE)
"""What a page is looked at in; its words in another language change neither colours nor a wide page."""
expect.set_options(timeout=PATIENCE)


class Visitor:
    """Someone at a browser. What goes wrong on a page is kept, and asserted at the end."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def goes_to(self, path: str, looks: Looks = LOOKS) -> Page:
        """Open a page and look it over."""
        self.page.bring_to_front()  # what lies behind another window is drawn seldom
        self.page.goto(self.address + path)
        self.looks_it_over(looks)
        return self.page

    def looks_it_over(self, looks: Looks = LOOKS) -> None:
        """Check the page: accessible in light and dark, and no wider than a phone."""
        self.page.evaluate(AXE)
        for theme, size in looks:
            self.page.set_viewport_size(size)
            self.page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
            self.wrong += [f"{self.page.url} {theme} {size}: {found}" for found in self.page.evaluate(FIND)]
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.wrong += [f"{self.page.url} is {wider} px wider than a phone"] if wider > 0 else []
        self.page.set_viewport_size(WIDE)


@pytest.fixture(autouse=True)
def requests_end() -> Iterator[None]:
    """Wait, once the browsers are closed, for what they asked last: it would hold tables that are about to be emptied."""
    under_way: set[int] = set()
    last_change = [time.monotonic()]

    def begins(**_: object) -> None:
        under_way.add(threading.get_ident())
        last_change[0] = time.monotonic()

    def ends(**_: object) -> None:
        under_way.discard(threading.get_ident())
        last_change[0] = time.monotonic()

    request_started.connect(begins)
    request_finished.connect(ends)
    yield
    last_change[0] = time.monotonic()
    patience = last_change[0] + 30
    while (under_way or time.monotonic() < last_change[0] + A_MOMENT) and time.monotonic() < patience:
        time.sleep(0.01)
    request_started.disconnect(begins)
    request_finished.disconnect(ends)


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Any]:
    """Return a function that gives a member (or nobody) a browser of their own."""
    visitors: list[Visitor] = []

    def visit(member: Member | None = None) -> Visitor:
        context = browser.new_context(viewport=WIDE, locale="en", reduced_motion="reduce")
        context.set_default_timeout(3 * PATIENCE)
        if member:
            client = Client()
            client.force_login(member.user)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        visitors.append(Visitor(context, live_server.url))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.context.close()
    assert [wrong for visitor in visitors for wrong in visitor.wrong] == []


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


def member_of(organisation: Organisation, name: str, *roles: str) -> Member:
    return MemberFactory(organisation=organisation, name=name, roles=roles)
