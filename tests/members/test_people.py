"""Teams, roles, and leaving: at once, or on a day to come."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from kernel import work
from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Invitation, Member, Organisation, Team
from members.roles import Role
from members.scopes import Scope
from members.services import keys, people, teams
from notices.services import send_all
from referrals.models import Fact
from tests.factories import MemberFactory
from tests.stories import at, publish, recommend

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, roles=["administrator"])


@pytest.fixture
def client(administrator: Member) -> Client:
    client = Client()
    client.force_login(administrator.user)
    return client


def reload(member: Member) -> Member:
    with tenant(member.organisation_id):
        return Member.objects.get(pk=member.pk)


def test_a_member_gets_a_name_a_team_and_roles(client: Client, organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    client.post("/here/members/teams/", {"name": "Data"})
    with tenant(organisation.pk):
        team = Team.objects.get()
    client.post(f"/here/members/{member.pk}/", {"name": "An Peeters", "team": team.pk, "roles": ["recruiter"]})
    member = reload(member)
    assert (member.name, member.team_id, member.roles) == ("An Peeters", team.pk, ["recruiter"])


def test_the_last_administrator_keeps_the_role(client: Client, administrator: Member) -> None:
    page = client.post(f"/here/members/{administrator.pk}/", {"name": "Hilde", "roles": []})
    assert (page.status_code, "Someone has to stay administrator" in page.content.decode()) == (422, True)
    assert reload(administrator).roles == ["administrator"]


def test_a_team_is_renamed_but_not_like_another(client: Client, inside: Organisation) -> None:
    one, other = teams.add(name="Data"), teams.add(name="Cloud")
    assert client.post(f"/here/members/teams/{one.pk}/", {"name": "Cloud"}).status_code == 422
    client.post(f"/here/members/teams/{one.pk}/", {"name": "Data and AI"})
    assert set(Team.objects.values_list("name", flat=True)) == {"Data and AI", "Cloud"}
    page = client.post("/here/members/teams/", {"name": "Cloud"})
    assert "There is a team of this name already" in page.content.decode()
    assert other.pk


def test_teams_are_put_together_with_everyone_in_them(client: Client, inside: Organisation) -> None:
    one, other = teams.add(name="Data"), teams.add(name="Cloud")
    member = MemberFactory(organisation=inside, team=one)
    invited = Invitation.objects.create(email="x@mail.example", name="X", team=one, invited_at=timezone.now())
    client.post(f"/here/members/teams/{one.pk}/merge/", {"into": other.pk})
    none = teams.add(name="Nobody")
    client.post(f"/here/members/teams/{none.pk}/merge/", {"into": ""})
    invited.refresh_from_db()
    assert (list(Team.objects.all()), reload(member).team_id, invited.team_id) == ([other], other.pk, other.pk)


def test_who_is_deactivated_is_signed_out_everywhere_at_once(client: Client, organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    member.user.set_password("a long password indeed")
    member.user.save()
    theirs = Client()
    theirs.post("/accounts/login/", {"login": member.user.email, "password": "a long password indeed"})
    assert theirs.get("/here/referrals/").status_code == 200
    client.post(f"/here/members/{member.pk}/leave/", {"last_day": timezone.localdate()})
    assert "/accounts/login/" in theirs.get("/accounts/email/").headers["Location"]
    assert theirs.get("/here/referrals/").status_code == 302


def test_a_last_day_to_come_ends_the_night_after_it(client: Client, organisation: Organisation) -> None:
    today = timezone.localdate()
    member = MemberFactory(organisation=organisation)
    with tenant(organisation.pk):
        publish()
        case, _ = recommend(organisation, member, today)
    last_day = today + timedelta(3)
    client.post(f"/here/members/{member.pk}/leave/", {"last_day": last_day})
    midnight = timezone.make_aware(datetime.combine(last_day + timedelta(1), time()))
    assert Work.objects.get(kind="leave").due_at == midnight
    with time_machine.travel(midnight - timedelta(minutes=1), tick=False):
        work.sweep()
        assert reload(member).left_on is None
    with time_machine.travel(midnight + timedelta(minutes=1), tick=False):
        work.sweep()
    gone = reload(member)
    assert (gone.left_on, gone.leaves_on) == (last_day, None)
    with tenant(organisation.pk):
        assert Fact.objects.get(case=case, kind="introducer_left").on == last_day


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        ("2023-12-31", "They joined on 1 January 2024 only."),
        ("2024-06-01", "This is more than a year ago"),
        ("2199-01-01", "Is this the right year?"),
    ],
)
def test_a_last_day_that_is_a_slip_is_asked_again(
    client: Client, organisation: Organisation, last_day: str, said: str
) -> None:
    member = MemberFactory(organisation=organisation, on=date(2024, 1, 1))
    answer = client.post(f"/here/members/{member.pk}/leave/", {"last_day": last_day})
    assert answer.status_code == 422
    assert said in answer.text
    assert reload(member).left_on is None


def test_nobody_becomes_recruiter_where_nobody_is_recommended(client: Client, inside: Organisation) -> None:
    publish("revenue_share", name="Share")
    member = MemberFactory(organisation=inside)
    page = client.get(f"/here/members/{member.pk}/").text
    assert 'value="finance"' in page
    assert 'value="recruiter"' not in page


def test_a_recruiter_of_a_network_finds_a_front_page(client: Client, inside: Organisation) -> None:
    publish("revenue_share", name="Share")
    recruiter = MemberFactory(organisation=inside, roles=["recruiter"])
    client.force_login(recruiter.user)
    assert client.get("/here/", follow=True).status_code == 200


def test_the_keys_of_who_leaves_stop_working(client: Client, organisation: Organisation) -> None:
    other = MemberFactory(organisation=organisation, roles=["administrator"])
    with tenant(organisation.pk):
        _key, token = keys.make(organisation=organisation, name="HR", scopes=[Scope.CASES], by=other, at=timezone.now())
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/here/cases/").status_code == 200
    client.post(f"/here/members/{other.pk}/leave/", {"last_day": timezone.localdate()})
    assert program.get("/api/v1/here/cases/").status_code == 401


def test_the_last_administrator_cannot_plan_to_leave(client: Client, administrator: Member) -> None:
    client.post(f"/here/members/{administrator.pk}/leave/", {"last_day": timezone.localdate() + timedelta(9)})
    assert reload(administrator).leaves_on is None
    page = client.post(f"/here/members/{administrator.pk}/leave/", {"last_day": "9999-12-31"})
    assert page.status_code == 422


def test_a_planned_leaving_can_be_taken_back(client: Client, organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    client.post(f"/here/members/{member.pk}/leave/", {"last_day": timezone.localdate() + timedelta(3)})
    assert "leaves on" in client.get("/here/members/").content.decode()
    client.post(f"/here/members/{member.pk}/stay/")
    people.leave_due(organisation=organisation, at=timezone.now() + timedelta(9))
    assert reload(member).left_on is None


def test_of_two_administrators_who_plan_to_leave_the_last_stays(organisation: Organisation) -> None:
    both = [MemberFactory(organisation=organisation, roles=["administrator"]) for _ in range(2)]
    today = timezone.localdate()
    with tenant(organisation.pk):
        for one in both:
            people.plan_leaving(organisation=organisation, member=one, last_day=today, by=one)
    people.leave_due(organisation=organisation, at=at(today + timedelta(1)))
    assert [reload(one).left_on for one in both] == [today, None]
    assert reload(both[1]).leaves_on is None


def test_a_day_in_words_is_refused_beside_its_field(client: Client, organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    page = client.post(f"/here/members/{member.pk}/leave/", {"last_day": "tomorrow"})
    assert (page.status_code, 'value="tomorrow"' in page.content.decode()) == (422, True)


def test_who_handles_money_or_rules_hears_of_everyone_new_who_does(inside: Organisation, member: Member) -> None:
    boss, greet = (MemberFactory(organisation=inside, roles=[role]) for role in ("administrator", "finance"))
    mail.outbox.clear()
    people.change(member=member, name=member.name, roles=[Role.FINANCE], team=None, by=member, at=timezone.now())
    send_all(organisation_id=inside.pk)
    told = {one.to[0] for one in mail.outbox if one.subject == f"{member.name} has a new role"}
    assert told == {boss.user.email, greet.user.email}
