"""The database keeps organisations apart, whatever code forgets."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from kernel.tenancy import NoTransactionError, current_organisation_id, set_tenant, tenant
from members.models import Member, Organisation, Team
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams(organisation: Organisation, elsewhere: Organisation) -> tuple[Team, Team]:
    made = []
    for one in (organisation, elsewhere):
        with tenant(one.pk):
            made.append(Team.objects.create(name="Data"))
    return made[0], made[1]


def test_the_application_is_a_harmless_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("app", False, False, False)
        with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
            cursor.execute("ALTER TABLE members_team DISABLE ROW LEVEL SECURITY")


def test_the_database_fills_in_the_organisation(organisation: Organisation) -> None:
    with tenant(organisation.pk):
        assert Team.objects.create(name="Data").organisation_id == organisation.pk


def test_without_an_organisation_tables_are_empty(teams: tuple[Team, Team]) -> None:
    assert (Team.objects.count(), Team.objects.update(name="x"), Team.objects.all().delete()[0]) == (0, 0, 0)


def test_without_an_organisation_nothing_can_be_added() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Team.objects.create(name="x")


def test_each_organisation_sees_its_own(
    organisation: Organisation, elsewhere: Organisation, teams: tuple[Team, Team]
) -> None:
    with tenant(organisation.pk):
        assert list(Team.objects.all()) == [teams[0]]
        with tenant(elsewhere.pk):
            assert list(Team.objects.all()) == [teams[1]]
        assert current_organisation_id() == organisation.pk
    assert current_organisation_id() is None


def test_a_row_cannot_be_put_into_or_moved_to_another_organisation(
    organisation: Organisation, elsewhere: Organisation, teams: tuple[Team, Team]
) -> None:
    with tenant(organisation.pk):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Team.objects.create(name="x", organisation=elsewhere)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Team.objects.update(organisation=elsewhere)


def test_a_key_cannot_point_into_another_organisation(organisation: Organisation, teams: tuple[Team, Team]) -> None:
    member = MemberFactory(organisation=organisation)
    with tenant(organisation.pk), pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        _point_to(member, teams[1])


def _point_to(member: Member, team: Team) -> None:
    Member.objects.filter(pk=member.pk).update(team_id=team.pk)
    connection.check_constraints()


def test_the_organisation_can_only_be_entered_in_a_transaction(organisation: Organisation) -> None:
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(NoTransactionError):
            set_tenant(organisation.pk)
    finally:
        connection.in_atomic_block = before


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_organisation_stays_on_the_connection(client: Client) -> None:
    member = MemberFactory(organisation__slug="here")
    client.force_login(member.user)
    assert client.get("/here/openings/").status_code == 200
    assert current_organisation_id() is None
