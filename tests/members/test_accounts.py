"""Signing in, joining, and what money and roles ask for on top."""

import time
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Membership, Organisation
from members.roles import Role
from members.services import joining, people
from tests.factories import MemberFactory, OrganisationFactory, UserFactory
from tests.stories import publish, recommend

pytestmark = pytest.mark.django_db


def _client(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


@pytest.mark.parametrize(("role", "asked"), [("finance", True), ("administrator", True), ("recruiter", False)])
def test_money_and_rules_need_a_second_factor(role: str, asked: bool) -> None:
    organisation = OrganisationFactory(slug="here", second_factor_required=True)
    member = MemberFactory(organisation=organisation, roles=[role])
    response = _client(member).get("/here/openings/")
    assert (response.status_code == 302) is asked
    if asked:
        assert response.headers["Location"] == "/accounts/2fa/"
        secret = generate_totp_secret()
        TOTP.activate(member.user, secret)
        client = _client(member)
        again = client.get("/here/openings/").headers["Location"]
        assert again == "/accounts/2fa/reauthenticate/?next=%2Fhere%2Fopenings%2F"  # to be used, not only to be there
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        assert client.post(again, {"code": code}).headers["Location"] == "/here/openings/"
        assert client.get("/here/openings/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_set_up_a_second_factor_goes_on_from_there() -> None:
    organisation = OrganisationFactory(slug="here", second_factor_required=True)
    client = _client(MemberFactory(organisation=organisation, roles=["finance"]))
    assert "Go on" not in client.get("/accounts/2fa/").content.decode()
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    codes = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert codes.request["PATH_INFO"] == "/accounts/2fa/recovery-codes/"
    for page in (codes, client.get("/accounts/2fa/")):
        assert '<a class="btn btn-primary" href="/">Go on</a>' in page.content.decode()
    assert client.get("/", follow=True).request["PATH_INFO"].startswith(f"/{organisation.slug}/")


@pytest.mark.parametrize("address", ["/here/payouts/propose/", "/here/payouts/approve/", "/here/members/open-link/"])
def test_money_and_roles_ask_again_who_it_is(organisation: Organisation, address: str) -> None:
    member = MemberFactory(organisation=organisation, roles=[role.value for role in Role])
    member.user.set_password("a long password indeed")
    member.user.save()
    response = _client(member).post(address)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")


def test_nobody_makes_an_account_without_being_invited(db: None) -> None:
    assert "An account comes with an organisation" in Client().get("/accounts/signup/").content.decode()


@pytest.fixture
def invited(organisation: Organisation) -> str:
    administrator = MemberFactory(organisation=organisation, roles=["administrator"])
    with tenant(organisation.pk):
        return joining.invite(
            organisation=organisation,
            email="New@mail.example",
            name="Nora New",
            roles=[Role.RECRUITER],
            by=administrator,
            at=timezone.now(),
        )


def test_an_invitation_is_accepted_by_whom_it_was_sent_to(organisation: Organisation, invited: str) -> None:
    client = Client()
    client.force_login(UserFactory(email="new@mail.example"))
    assert client.get(f"/join/{invited}/").status_code == 200
    assert client.post(f"/join/{invited}/").headers["Location"] == "/here/"
    with tenant(organisation.pk):
        assert Member.objects.get(name="Nora New").roles == ["recruiter"]
    assert client.post(f"/join/{invited}/").status_code == 410


def test_who_is_invited_can_read_the_terms_first(organisation: Organisation, invited: str) -> None:
    with tenant(organisation.pk):
        publish()
    page = Client().get(f"/join/{invited}/terms/").content.decode()
    assert "EUR 1,200.00" in page
    assert Client().get(f"/join/{invited}/").content.decode().count(f"/join/{invited}/terms/") == 1
    assert Client().get("/join/nonsense/terms/").status_code == 404
    client = Client()
    client.force_login(UserFactory(email="new@mail.example"))
    client.post(f"/join/{invited}/")
    assert Client().get(f"/join/{invited}/terms/").status_code == 404  # it worked once


def test_an_invitation_is_of_no_use_to_another(invited: str) -> None:
    client = Client()
    client.force_login(UserFactory(email="thief@mail.example"))
    assert client.post(f"/join/{invited}/").status_code == 403
    assert not Membership.objects.filter(user__email="thief@mail.example").exists()


def test_a_new_open_link_makes_the_old_one_useless(organisation: Organisation) -> None:
    expires_at = timezone.now() + timedelta(1)
    old, new = (joining.renew_open_link(organisation=organisation, expires_at=expires_at) for _ in range(2))
    assert [Client().get(f"/join/{token}/").status_code for token in (old, new)] == [404, 200]


def test_someone_can_belong_to_several_organisations_with_different_roles(
    organisation: Organisation, elsewhere: Organisation
) -> None:
    user = UserFactory()
    MemberFactory(organisation=organisation, user=user, roles=["recruiter"])
    MemberFactory(organisation=elsewhere, user=user)
    client = Client()
    client.force_login(user)
    assert [client.get(f"/{slug}/inbox/").status_code for slug in ("here", "elsewhere")] == [200, 403]
    assert client.get("/").status_code == 200


def test_changes_of_roles_are_kept_with_who_made_them(organisation: Organisation) -> None:
    member = MemberFactory(organisation=organisation)
    people.add_member(
        organisation=organisation, user=member.user, name=member.name, on=member.joined_on, roles=[Role.FINANCE]
    )
    with tenant(organisation.pk):
        assert [event.roles for event in member.events.order_by("pgh_id")] == [[], ["finance"]]


def test_who_left_gets_in_no_more_and_keeps_no_role(organisation: Organisation) -> None:
    member, administrator = (
        MemberFactory(organisation=organisation, roles=["finance"]),
        MemberFactory(organisation=organisation, roles=["administrator"]),
    )
    client = Client()
    client.force_login(member.user)
    assert client.get("/here/payouts/").status_code == 200
    with tenant(organisation.pk):
        publish()
        case, _ = recommend(organisation, member, date(2026, 11, 1))
    _client(administrator).post(f"/here/members/{member.pk}/leave/", {"last_day": timezone.localdate()})
    assert client.get("/here/payouts/").status_code == 404
    with tenant(organisation.pk):
        assert Member.objects.get(pk=member.pk).roles == []
        assert case.facts.filter(kind="introducer_left").exists()


def test_an_organisation_keeps_an_administrator(organisation: Organisation) -> None:
    only = MemberFactory(organisation=organisation, roles=["administrator"])
    page = _client(only).post(f"/here/members/{only.pk}/", {"name": only.name, "roles": ["finance"]})
    assert "Someone has to stay administrator." in page.content.decode()
    _client(only).post(f"/here/members/{only.pk}/leave/", {"last_day": timezone.localdate()})
    with tenant(organisation.pk):
        assert Member.objects.get(pk=only.pk).roles == ["administrator"]


def test_roles_are_given_and_taken_at_once(organisation: Organisation) -> None:
    member, administrator = (
        MemberFactory(organisation=organisation),
        MemberFactory(organisation=organisation, roles=["administrator"]),
    )
    client = _client(member)
    for roles, status in ((["recruiter"], 200), ([], 403)):
        _client(administrator).post(f"/here/members/{member.pk}/", {"name": member.name, "roles": roles})
        assert client.get("/here/inbox/").status_code == status


def test_who_left_does_not_come_back_by_the_open_link(organisation: Organisation) -> None:
    MemberFactory(organisation=organisation, roles=["administrator"])
    member = MemberFactory(organisation=organisation)
    token = joining.renew_open_link(organisation=organisation, expires_at=timezone.now() + timedelta(1))
    with tenant(organisation.pk):
        people.leave(organisation=organisation, member=member, on=date(2026, 11, 1), by=member, at=timezone.now())
    assert "You left this organisation" in _client(member).post(f"/join/{token}/", {"name": "Me"}).content.decode()


def test_an_invitation_takes_no_role_away(organisation: Organisation, invited: str) -> None:
    user = UserFactory(email="new@mail.example")
    MemberFactory(organisation=organisation, user=user, roles=["administrator"])
    client = Client()
    client.force_login(user)
    client.post(f"/join/{invited}/")
    with tenant(organisation.pk):
        assert Member.objects.get(user=user).roles == ["administrator"]
