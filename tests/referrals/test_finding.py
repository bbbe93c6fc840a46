"""Opportunities are found by what they say, and never by a client that is kept from who looks."""

import pytest
from django.test import Client

from members.models import Organisation
from referrals.views.opportunities import PER_PAGE
from tests.factories import MemberFactory
from tests.stories_of_network import network, share


@pytest.fixture
def inside(inside: Organisation) -> Organisation:
    network(inside)
    return inside


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("controller", {"Interim controller"}),
        ("law ghent", {"A contract"}),
        ("FINANCE", {"Interim controller", "Secret"}),
        ("havenbedrijf", set()),
        ("ports", {"A contract"}),
    ],
)
def test_opportunities_are_found_by_their_words(
    inside: Organisation, client: Client, words: str, found: set[str]
) -> None:
    sharer, reader = (MemberFactory(organisation=inside) for _ in range(2))
    share(sharer)
    share(sharer, title="A contract", disciplines=["Law"], town="Ghent", about="For two ports.")
    share(sharer, title="Secret", visibility="anonymised")
    client.force_login(reader.user)
    page = client.get("/here/opportunities/", {"q": words})
    assert {one.title for one in page.context["page"]} == found


def test_there_is_something_to_search_with_once_there_are_pages(inside: Organisation, client: Client) -> None:
    sharer, reader = (MemberFactory(organisation=inside) for _ in range(2))
    client.force_login(reader.user)
    for number in range(PER_PAGE + 1):
        share(sharer, title=f"Work {number}")
        assert ('role="search"' in client.get("/here/opportunities/").text) == (number == PER_PAGE)
