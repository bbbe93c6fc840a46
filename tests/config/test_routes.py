"""Every route × method × role: who may see it is declared, and holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from kernel.tenancy import tenant
from members.access import (
    KEYS,
    LEAVERS,
    MEMBERS,
    OF_NETWORKS,
    OF_RECRUITMENT,
    PUBLIC,
    SIGNED_IN,
    access_of,
)
from members.models import Member, Organisation
from members.roles import Role
from members.services.people import leave
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told, tell
from tests.stories_of_money import tell_of_money
from tests.stories_of_network import tell_of_network

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
INSIDERS = {"member": (), **{role.value: (role.value,) for role in Role}}
OBJECTS = ("<slug:reference>", "_id>")


def _routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
        else:
            yield path, pattern


ROUTES = [
    (path, pattern)
    for path, pattern in _routes(get_resolver().url_patterns)
    if not pattern.callback.__module__.startswith("allauth.")
]
INSIDE = [(path, pattern) for path, pattern in ROUTES if path.startswith("<slug:organisation>/")]


@pytest.fixture
def told(db: None) -> Told:
    return tell(OrganisationFactory(slug="here"))


@pytest.fixture
def insiders(told: Told) -> dict[str, Member]:
    return {name: MemberFactory(organisation=told.organisation, roles=roles) for name, roles in INSIDERS.items()}


@pytest.fixture
def values(told: Told) -> dict[str, object]:
    """What the parameters of addresses stand for."""
    of_money = tell_of_money(told)
    return tell_of_network(told) | told.addresses | of_money


def _address(path: str, organisation: Organisation, values: dict[str, object]) -> str:
    values = {"<slug:organisation>": organisation.slug, **values}
    for parameter, value in values.items():
        path = path.replace(parameter, str(value))
    assert "<" not in path, f"tests/stories.py names no value for a parameter of {path}"
    return "/" + path


@pytest.mark.parametrize(("path", "pattern"), ROUTES, ids=[path for path, _ in ROUTES])
def test_every_route_declares_who_may_see_it(path: str, pattern: URLPattern) -> None:
    access = access_of(pattern.callback)
    assert access is not None
    assert (access not in (PUBLIC, SIGNED_IN, KEYS)) is path.startswith("<slug:organisation>/")
    assert (access == KEYS) is path.startswith("api/v1/<slug:organisation>/")


@contextmanager
def as_if_nothing_had_been_asked() -> Iterator[None]:
    """Take back what a request changed: one story serves all routes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, address: str) -> dict[str, int]:
    """Return what each method answers at an address."""
    statuses = {}
    for method in METHODS:
        with as_if_nothing_had_been_asked():
            statuses[method] = client.generic(method, address).status_code
    return statuses


@pytest.mark.parametrize("name", INSIDERS)
def test_roles_see_what_is_declared(
    name: str, told: Told, values: dict[str, object], insiders: dict[str, Member]
) -> None:
    client = Client()
    client.force_login(insiders[name].user)
    for path, pattern in INSIDE:
        access = access_of(pattern.callback)
        allowed = access in (MEMBERS, LEAVERS) or bool(set(access or ()).intersection(INSIDERS[name]))
        for method, status in ask(client, _address(path, told.organisation, values)).items():
            assert (status != 403) is allowed, (path, method, status)
            assert status < 500, (path, method)


def test_outsiders_find_nothing_and_the_anonymous_are_asked_to_sign_in(told: Told, values: dict[str, object]) -> None:
    outsider = MemberFactory(organisation=OrganisationFactory(), roles=list(Role))
    client = Client()
    client.force_login(outsider.user)
    for path, _pattern in INSIDE:
        address = _address(path, told.organisation, values)
        assert set(ask(Client(), address).values()) == {302}, path
        assert set(ask(client, address).values()) == {404}, path


def test_who_left_finds_the_pages_of_their_own_money_and_no_others(
    told: Told, values: dict[str, object], insiders: dict[str, Member]
) -> None:
    gone, by = insiders["member"], insiders["administrator"]
    with tenant(told.organisation.pk):
        leave(organisation=told.organisation, member=gone, on=timezone.localdate(), by=by, at=timezone.now())
    client = Client()
    client.force_login(gone.user)
    for path, pattern in INSIDE:
        address = _address(path, told.organisation, values)
        own = access_of(pattern.callback) == LEAVERS
        statuses = ask(client, address)
        assert own or set(statuses.values()) == {404}, path
        answer = statuses["GET" if statuses["GET"] != 405 else "POST"]
        names_something = "<" in path.removeprefix("<slug:organisation>/")
        assert (answer != 404) is (own and not names_something), path


def test_objects_of_another_organisation_are_not_found(values: dict[str, object]) -> None:
    stranger = MemberFactory(organisation=OrganisationFactory(), roles=list(Role))
    client = Client()
    client.force_login(stranger.user)
    for path in (path for path, _pattern in INSIDE if any(name in path for name in OBJECTS)):
        statuses = ask(client, _address(path, stranger_organisation(stranger), values))
        assert statuses["GET" if statuses["GET"] != 405 else "POST"] == 404, path


def stranger_organisation(member: Member) -> Organisation:
    return Organisation.objects.get(memberships__user=member.user)


def test_an_organisation_that_does_not_exist_looks_like_one_that_one_is_not_in(told: Told) -> None:
    outsider = MemberFactory(organisation=OrganisationFactory())
    client = Client()
    client.force_login(outsider.user)
    pages = [client.get(f"/{slug}/referrals/").content.decode() for slug in ("here", "nowhere")]
    assert len({re.sub(r"[A-Za-z0-9]{64}|nonce-?[^ >]+", "", page) for page in pages}) == 1
    assert Client().get("/nowhere/referrals/").status_code == Client().get("/here/referrals/").status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/help/openings/", "/static/referrals/"])
def test_a_reserved_word_is_no_organisation(address: str, told: Told) -> None:
    client = Client()
    assert client.get(address).status_code == 404
    client.force_login(told.introducer.user)
    assert client.get(address).status_code == 404


def test_who_left_is_outside_at_once(told: Told) -> None:
    member = MemberFactory(organisation=told.organisation)
    client = Client()
    client.force_login(member.user)
    assert client.get("/here/referrals/").status_code == 200
    with tenant(told.organisation.pk):
        told.organisation.memberships.filter(user=member.user).update(is_active=False)
    assert client.get("/here/referrals/").status_code == 404


@pytest.mark.parametrize(("runs", "areas"), [(["referral"], OF_NETWORKS), (["opportunity"], OF_RECRUITMENT)])
def test_pages_that_an_organisation_has_no_use_for_are_not_there(
    runs: list[str], areas: frozenset[str], told: Told, values: dict[str, object]
) -> None:
    Organisation.objects.filter(pk=told.organisation.pk).update(runs=runs)
    client = Client()
    everything = MemberFactory(organisation=told.organisation, roles=[role.value for role in Role])
    client.force_login(everything.user)
    for path, _ in INSIDE:
        statuses = set(ask(client, _address(path, told.organisation, values)).values())
        if path.split("/")[1] in areas:
            assert statuses == {404}, path
        else:
            assert statuses != {404}, path
