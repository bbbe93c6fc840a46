"""Members of a network: Femke, and Sander who administers it."""

import pytest

from members.models import Member, Organisation
from tests.factories import MemberFactory
from tests.stories import publish


@pytest.fixture
def femke(inside: Organisation) -> Member:
    publish("revenue_share", name="Share")
    inside.refresh_from_db()
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def sander(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
