"""Programs with keys."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from members.scopes import Scope
from members.services import keys
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told, tell


class Program:
    """A program that carries a key."""

    def __init__(self, organisation: Organisation, token: str) -> None:
        self.organisation, self.token = organisation, token
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{self.organisation.slug}/{path}", query)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        address = f"/api/v1/{self.organisation.slug}/{path}"
        return self.client.post(address, json.dumps(body), content_type="application/json", headers=headers)


Give = Callable[..., Program]


@pytest.fixture
def told(db: None) -> Told:
    return tell(OrganisationFactory(slug="here"))


@pytest.fixture
def give() -> Give:
    """Return a function that gives a program a key of an organisation, with scopes; with all when none are named."""

    def give(organisation: Organisation, *scopes: Scope) -> Program:
        by = MemberFactory(organisation=organisation, roles=["administrator"])
        with tenant(organisation.pk):
            _key, token = keys.make(
                organisation=organisation, name="HR", scopes=scopes or list(Scope), by=by, at=timezone.now()
            )
        return Program(organisation, token)

    return give
