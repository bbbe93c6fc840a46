"""The page of members makes as many queries for many as for one."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Organisation
from tests.factories import MemberFactory


def test_the_page_of_members_makes_as_many_queries_for_many_as_for_one(organisation: Organisation) -> None:
    administrator = MemberFactory(organisation=organisation, roles=["administrator"])
    client, counts = Client(), []
    client.force_login(administrator.user)
    for more in (1, 30):
        for _ in range(more):
            MemberFactory(organisation=organisation)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/here/members/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
