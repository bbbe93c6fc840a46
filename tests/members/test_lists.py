"""The page of members makes as many queries for many as for one."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.tenancy import tenant
from members.models import Organisation, Team
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


def test_members_are_found_by_name_address_or_team(organisation: Organisation) -> None:
    administrator = MemberFactory(organisation=organisation, name="Sander Bos", roles=["administrator"])
    with tenant(organisation.pk):
        team = Team.objects.create(name="Oost")
    for name, email, of in (("Ilse Peeters", "ip@somewhere.example", team), ("Jan Maes", "jan@else.example", None)):
        MemberFactory(organisation=organisation, name=name, user__email=email, team=of)
    client = Client()
    client.force_login(administrator.user)

    def found(wanted: str) -> list[str]:
        return [one.name for one in client.get("/here/members/", {"q": wanted}).context["page"]]

    assert found("peet") == ["Ilse Peeters"]
    assert found("else.example") == ["Jan Maes"]
    assert found("oost ilse") == ["Ilse Peeters"]
    assert found("nobody") == []


def test_members_stand_on_pages(organisation: Organisation) -> None:
    administrator = MemberFactory(organisation=organisation, name="A", roles=["administrator"])
    for number in range(51):
        MemberFactory(organisation=organisation, name=f"B{number:02}")
    client = Client()
    client.force_login(administrator.user)
    page = client.get("/here/members/", {"page": 2})
    assert [one.name for one in page.context["page"]] == ["B49", "B50"]
    assert page.context["present"] == 52
