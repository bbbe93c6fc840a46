"""Who may ask, what for, how often; and how errors are said."""

from base64 import b64encode

import pytest
from django.test import Client
from django.utils import timezone

from api import base
from kernel.tenancy import tenant
from members.models import ApiKey
from members.roles import Role
from members.scopes import Scope
from members.services import keys, people
from tests.api.conftest import Give
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told

LISTS = {
    "programmes/": Scope.PROGRAMMES,
    "openings/": Scope.OPENINGS,
    "cases/": Scope.CASES,
    "entitlements/": Scope.ENTITLEMENTS,
    "members/": Scope.MEMBERS,
}


def test_without_a_good_key_nothing_is_said(told: Told) -> None:
    for headers in ({}, {"Authorization": "Bearer vsp_nonsense"}, {"Authorization": "Basic x"}):
        response = Client(headers=headers).get("/api/v1/here/cases/")
        assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 401


def test_a_session_of_a_person_is_no_key(told: Told) -> None:
    client = Client()
    client.force_login(told.recruiter.user)
    assert client.get("/api/v1/here/cases/").status_code == 401


@pytest.mark.parametrize(("path", "scope"), LISTS.items())
def test_a_key_reads_what_its_scope_says_and_nothing_else(told: Told, give: Give, path: str, scope: Scope) -> None:
    program = give(told.organisation, scope)
    statuses = {other: program.get(other).status_code for other in LISTS}
    assert statuses == {other: 200 if other == path else 403 for other in LISTS}


def test_reading_is_not_writing(told: Told, give: Give) -> None:
    reader = give(told.organisation, Scope.CASES)
    assert reader.post("cases/", {}).status_code == 403
    assert reader.post(f"cases/{told.case.reference}/facts/", {}, key="1").status_code == 403


def test_a_key_of_another_organisation_finds_nothing(told: Told, give: Give) -> None:
    stranger = give(OrganisationFactory(slug="elsewhere"))
    stranger.organisation.slug = "here"
    for path in (*LISTS, f"cases/{told.case.reference}/", f"members/{told.introducer.pk}/"):
        assert stranger.get(path).status_code == 404, path
    stranger.organisation.slug = "elsewhere"
    for path in (f"cases/{told.case.reference}/", f"members/{told.introducer.pk}/", f"openings/{told.opening.pk}/"):
        assert stranger.get(path).status_code == 404, path


def test_a_revoked_key_is_useless_at_once(told: Told, give: Give) -> None:
    program = give(told.organisation)
    assert program.get("cases/").status_code == 200
    with tenant(told.organisation.pk):
        key = ApiKey.objects.get(hint=program.token[-4:])
        assert key.last_used_on == timezone.localdate()
        keys.revoke(organisation=told.organisation, key=key, at=timezone.now())
    assert program.get("cases/").status_code == 401


def test_a_key_asks_so_often_a_minute(told: Told, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "REQUESTS_A_MINUTE", 3)
    program = give(told.organisation)
    # What is refused counts as well.
    assert [program.get(path).status_code for path in ("cases/", "cases/NONE/", "cases/", "cases/")] == [
        200, 404, 200, 429
    ]  # fmt: skip
    assert give(told.organisation).get("cases/").status_code == 200


def test_an_address_that_tries_keys_is_slowed_down(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "STRANGERS_A_MINUTE", 2)
    client = Client(headers={"Authorization": "Bearer vsp_guess"})
    assert [client.get("/api/v1/here/cases/").status_code for _ in range(3)] == [401, 401, 429]


@pytest.mark.parametrize("position", ["p=abc", "p=\0", "p=2026-13-45", "o=-1&p=x"])
def test_a_place_in_a_list_that_is_none_is_not_found(told: Told, give: Give, position: str) -> None:
    program, cursor = give(told.organisation), b64encode(position.encode()).decode()
    for path in LISTS:
        assert program.get(path, cursor=cursor).status_code in (200, 404), path


@pytest.mark.parametrize("body", ['{"kind": "\\ud800"}', '{"name": "\\ud83d"}', "[" * 100_000, "{", "1", '"x"', "[]"])
def test_a_body_that_is_none_is_refused(told: Told, give: Give, body: str) -> None:
    program = give(told.organisation)
    for path in ("cases/", f"cases/{told.case.reference}/facts/"):
        answer = program.client.post(
            f"/api/v1/here/{path}", body, content_type="application/json", headers={"Idempotency-Key": "x"}
        )
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_errors_are_english_whoever_asks(told: Told, give: Give) -> None:
    program = give(told.organisation)
    said = program.client.get("/api/v1/here/cases/NONE/", headers={"Accept-Language": "fr"}).json()
    assert "found" in said["title"].lower() or said["title"].startswith("No ")


def test_what_is_not_there_is_said_as_a_problem(told: Told, give: Give) -> None:
    for path in ("nothing/", "cases/NONE/", "programmes/99999999999999999999/"):
        response = give(told.organisation).get(path)
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json"), path


def test_the_keys_of_who_is_no_administrator_any_more_stop_working(told: Told, give: Give) -> None:
    program = give(told.organisation)
    with tenant(told.organisation.pk):
        MemberFactory(organisation=told.organisation, roles=["administrator"])
        maker = ApiKey.objects.latest("pk").made_by
    assert program.get("members/").status_code == 200
    with tenant(told.organisation.pk):
        people.change(member=maker, name=maker.name, roles=[Role.RECRUITER], team=None, by=maker, at=timezone.now())
    assert program.get("members/").status_code == 401
