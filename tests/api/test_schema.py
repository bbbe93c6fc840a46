"""The schema says what the API does: requests made from it, as each kind of key, find no mistake of ours."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from api import base
from config.wsgi import application
from kernel.tenancy import tenant
from members.scopes import Scope
from referrals.models import Opening
from tests.api.conftest import Give
from tests.factories import OrganisationFactory
from tests.stories import Told, tell

EXAMPLES = 15
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
KINDS: dict[str, tuple[Scope, ...]] = {
    "everything": tuple(Scope),
    "reading": (Scope.PROGRAMMES, Scope.OPENINGS, Scope.CASES, Scope.ENTITLEMENTS, Scope.MEMBERS),
    "writing": (Scope.SUBMIT, Scope.FACTS),
}


@pytest.fixture(params=KINDS)
def token(request: pytest.FixtureRequest, told: Told, give: Give, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key of each kind, which may ask as often as it likes."""
    monkeypatch.setattr(base, "REQUESTS_A_MINUTE", 1_000_000)
    return give(told.organisation, *KINDS[request.param]).token


@pytest.fixture
def offered(token: str) -> Iterator[Any]:
    """The schema, and an application that leaves the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def foreign(told: Told) -> list[str]:
    """What is only in another organisation."""
    there = tell(OrganisationFactory(slug="elsewhere", name="Elsewhere"))
    with tenant(there.organisation.pk):
        Opening.objects.update(title="Only elsewhere")
    return [there.case.reference, there.introducer.user.email, "Only elsewhere"]


def test_no_request_finds_a_mistake_or_a_foreign_row(offered: Any, token: str, told: Told, foreign: list[str]) -> None:
    real = {"organisation": "here", "reference": told.case.reference, "id": told.opening.pk}

    def ask(case: Any) -> None:
        case.path_parameters = {
            name: real[name] if name == "organisation" or len(str(value)) % 2 else value
            for name, value in (case.path_parameters or {}).items()
        }
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(response, checks=CHECKS)
        assert not [text for text in foreign if text in response.text]

    for operation in offered.get_all_operations():
        settings(max_examples=EXAMPLES, deadline=None)(given(case=operation.ok().as_strategy())(ask))()


def test_the_schema_is_public_and_whole(db: None) -> None:
    response = Client().get("/api/v1/schema/?format=json")
    said = response.json()
    assert said["openapi"].startswith("3.")
    assert "/api/v1/{organisation}/cases/{reference}/facts/" in said["paths"]
