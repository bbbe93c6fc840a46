"""Opportunities that were landed: by whom, what it means for the others, taken back, and who says the months."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Charge, Entitlement
from payouts.selectors import pot
from payouts.services import reminding
from referrals.models import Case, Fact, Interest
from referrals.selectors import opportunities as selectors
from referrals.selectors.assignments import missing, turnover_of, undeclared
from referrals.services import assignments, leads, opportunities
from referrals.services.opportunities import NotInterestedError
from tests.factories import MemberFactory
from tests.referrals.test_opportunities import _address, _as, bas, femke, imke
from tests.stories import at, publish
from tests.stories_of_network import earn, settle, share, want, win

__all__ = ["bas", "femke", "imke"]
TODAY = timezone.localdate()


def test_nobody_learns_the_client_of_an_anonymised_one_by_saying_that_they_landed_it(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke, visibility="anonymised")
    want(shared, bas)
    said = {"members": [bas.pk], "member": bas.pk, "on": TODAY.isoformat()}
    for what in ("landed/", "talks/"):
        assert _as(client, bas).post(_address(shared, what), said).status_code == 422
    with pytest.raises(NotInterestedError):
        assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=bas, at=timezone.now())
    assert "Havenbedrijf" not in client.get(_address(shared)).text
    assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=femke, at=timezone.now())
    assert "Havenbedrijf" in client.get(_address(shared)).text


def test_a_landing_that_is_taken_back_leaves_it_open_for_who_was_interested(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke)
    asked = MemberFactory(organisation=inside)
    opportunities.ask(opportunity=shared, members=[asked], at=timezone.now())
    for member in (bas, imke):
        want(shared, member)
    (placement,) = assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=bas, at=timezone.now())
    states = dict(Interest.objects.values_list("member", "state"))
    assert states == {bas.pk: "introduced", imke.pk: "not_chosen", asked.pk: "asked"}
    assignments.take_back(placement=placement, by=bas, at=timezone.now())
    assert Interest.objects.get(member=imke).state == "interested"
    told = set(Message.objects.values_list("to", "subject"))
    assert (imke.user.email, "Open again: Interim controller") in told
    assert (femke.user.email, "Not landed after all: Interim controller") in told


def test_a_landing_of_a_closed_one_that_is_taken_back_leaves_it_closed_with_its_coins(
    inside: Organisation, femke: Member, bas: Member
) -> None:
    shared = share(femke)
    want(shared, bas)
    assignments.hold_talks(opportunity=shared, performer=bas, on=TODAY, by=bas, at=timezone.now())
    opportunities.close(opportunity=shared, reason="gone", text="", on=TODAY, by=femke, at=timezone.now())
    settle(inside)
    (placement,) = assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=bas, at=timezone.now())
    assignments.take_back(placement=placement, by=bas, at=timezone.now())
    settle(inside)
    assert Case.objects.get(pk=shared.case_id).stage == "closed"
    assert pot.coins(TODAY.year) == {femke.pk: 3}


def test_recruiters_record_nothing_of_what_members_landed_and_learn_no_client_of_it(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    publish("it_referral_bonus")
    publish("new_business", name="Leads")
    recruiter = MemberFactory(organisation=inside, roles=["recruiter"])
    shared = share(femke, visibility="anonymised")
    want(shared, bas)
    assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=femke, at=timezone.now())
    client.force_login(recruiter.user)
    for what in ("start", "days", "leave"):
        address = f"/here/pipeline/{shared.case.reference}/placements/1/{what}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"on": TODAY.isoformat()}).status_code == 404
    assert leads.bring_in(client_name="Havenbedrijf", about="", by=recruiter, at=timezone.now()).pk


def test_nobody_lands_what_they_did_not_say_they_want(femke: Member, bas: Member, client: Client) -> None:
    shared = share(femke)
    answer = _as(client, bas).post(_address(shared, "landed/"), {"members": [bas.pk], "on": TODAY.isoformat()})
    assert answer.status_code == 422
    with pytest.raises(opportunities.NotInterestedError):
        assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=femke, at=timezone.now())


def test_who_landed_it_stands_among_the_introduced_and_the_others_are_told(
    femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke, visibility="anonymised")
    for member in (bas, imke):
        want(shared, member)
    assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=femke, at=timezone.now())
    states = dict(Interest.objects.values_list("member__name", "state"))
    assert states == {"Bas": "introduced", "Imke": "not_chosen"}
    assert not selectors.seen(bas, [shared])[0].is_hidden
    assert Message.objects.filter(about__startswith="gone:", to=imke.user.email).exists()


def test_who_landed_it_first_is_not_told_that_another_member_did(femke: Member, bas: Member, imke: Member) -> None:
    shared = share(femke)
    for member in (bas, imke):
        want(shared, member)
        assignments.win(opportunity=shared, performers=[member], title="", on=TODAY, by=femke, at=timezone.now())
    assert not Message.objects.filter(about__startswith="gone:", to=bas.user.email).exists()


def test_what_was_closed_is_open_again_when_somebody_landed_it_before(femke: Member, bas: Member) -> None:
    shared = share(femke)
    want(shared, bas)
    opportunities.close(opportunity=shared, reason="gone", text="Gone.", on=TODAY, by=femke, at=timezone.now())
    win(shared, bas, on=TODAY - timedelta(3))
    shared.case.refresh_from_db()
    assert shared.case.stage == "working"


def test_a_mistake_is_taken_back_as_long_as_there_is_no_turnover(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    (placement,) = win(shared, bas)
    address = f"/here/assignments/{shared.case.reference}/{placement.key}/take-back/"
    earn(placement, date(2026, 3, 1), "1000")
    _as(client, bas).post(address)
    shared.case.refresh_from_db()
    assert shared.case.stage == "working"
    other = share(femke)
    (placement,) = win(other, bas)
    client.post(f"/here/assignments/{other.case.reference}/{placement.key}/take-back/")
    other.case.refresh_from_db()
    assert other.case.stage == "received"


def test_a_month_without_turnover_is_said_too(inside: Organisation, femke: Member, bas: Member) -> None:
    (placement,) = win(share(femke), bas, on=date(2026, 2, 1))
    assert [(one.performer, one.title) for one in missing(date(2026, 2, 1))] == [(bas, "Interim controller")]
    earn(placement, date(2026, 2, 1), "0")
    assert not missing(date(2026, 2, 1))
    settle(inside)


def test_of_a_team_the_one_who_declared_the_contribution_changes_it(
    inside: Organisation, femke: Member, bas: Member, imke: Member, client: Client
) -> None:
    shared = share(femke)
    _one, other = win(shared, bas, imke)
    with pytest.raises(assignments.DeclaredError):
        assignments.declare(placement=other, level="large", on=TODAY, by=imke, at=timezone.now())
    page = _as(client, imke).get(f"/here/assignments/{shared.case.reference}/").text
    assert f"{bas.name} declared it for all of you" in page
    assert "Only they change it" not in _as(client, bas).get(f"/here/assignments/{shared.case.reference}/").text


def test_who_lands_it_after_a_landing_was_taken_back_declares(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke)
    (first,) = win(shared, bas, level="large")
    assignments.take_back(placement=first, by=femke, at=timezone.now())
    (second,) = win(shared, imke, level="")
    assignments.declare(placement=second, level="small", on=TODAY, by=imke, at=timezone.now())
    assert Fact.objects.filter(kind="contribution_declared", retractions=None).get().values == {"level": "small"}


def test_what_a_member_declared_for_their_team_stays_when_they_did_not_land_it_after_all(
    inside: Organisation, femke: Member, bas: Member, imke: Member, client: Client
) -> None:
    shared = share(femke)
    first, other = win(shared, bas, imke, level="large")
    earn(other, date(2026, 2, 1), "60000")
    settle(inside)
    owed = Entitlement.objects.filter(owed_by="performer", state="due")
    before = sum(owed.values_list("amount", flat=True))
    assignments.take_back(placement=first, by=bas, at=timezone.now())
    settle(inside)
    assert sum(owed.values_list("amount", flat=True)) == before == Decimal(9000)
    page = _as(client, imke).get(f"/here/assignments/{shared.case.reference}/").text
    assert "Only they change it" not in page
    assert "declare/" in page
    assignments.declare(placement=other, level="small", on=TODAY, by=imke, at=timezone.now())
    settle(inside)
    assert sum(owed.values_list("amount", flat=True)) == Decimal(5000)


def test_finance_does_not_say_months_that_bring_money_to_themselves(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    (one,) = win(shared, bas)
    Member.objects.filter(pk=femke.pk).update(roles=["finance"])
    Member.objects.filter(pk=bas.pk).update(left_on=TODAY)
    femke.refresh_from_db()
    said = {"month": TODAY.replace(day=1).isoformat(), "amount": "1000", "key": one.key}
    address = f"/here/assignments/{shared.case.reference}/"
    assert _as(client, femke).post(f"{address}turnover/", said).status_code == 404
    assert "record here what they tell you" not in client.get(address).text


def test_of_who_left_finance_records_the_months(
    inside: Organisation, femke: Member, bas: Member, imke: Member, client: Client
) -> None:
    shared = share(femke)
    (one,) = win(shared, bas)
    finance = MemberFactory(organisation=inside, roles=["finance"])
    address = f"/here/assignments/{shared.case.reference}/turnover/"
    said = {"month": TODAY.replace(day=1).isoformat(), "amount": "1000", "key": one.key}
    assert _as(client, finance).post(address, said).status_code == 404
    Member.objects.filter(pk=bas.pk).update(left_on=TODAY)
    assert _as(client, imke).post(address, said).status_code == 404
    assert _as(client, finance).post(address, said).status_code == 302
    assert Fact.objects.get(kind="revenue").recorded_by == finance
    assert _as(client, bas).post(address, said | {"amount": "2000"}).status_code == 302
    assert turnover_of([one.pk]) == {(one.pk, TODAY.replace(day=1)): Decimal("2000.00")}


def test_of_who_left_finance_declares_the_contribution_as_they_were_told(
    inside: Organisation, femke: Member, bas: Member, imke: Member, client: Client
) -> None:
    shared = share(femke)
    (one,) = win(shared, bas, level="")
    earn(one, date(2026, 2, 1), "10000")
    settle(inside)
    assert not Charge.objects.exists()
    finance = MemberFactory(organisation=inside, roles=["finance"])
    address = f"/here/assignments/{shared.case.reference}/declare/"
    said = {"level": "small", "key": one.key}
    assert "contribution not declared" in _as(client, finance).get("/here/assignments/everyone/").text
    assert client.post(address, said).status_code == 404
    Member.objects.filter(pk=bas.pk).update(left_on=TODAY)
    assert _as(client, imke).post(address, said).status_code == 404
    assert 'name="key"' in _as(client, finance).get(f"/here/assignments/{shared.case.reference}/").text
    assert client.post(address, {"key": one.key}).status_code == 422
    assert client.post(address, said).status_code == 302
    settle(inside)
    assert Charge.objects.get().amount == Decimal("1500.00")
    facts = Fact.objects.count()
    assert client.post(address, said).status_code == 302
    assert Fact.objects.count() == facts
    Member.objects.filter(pk=femke.pk).update(roles=["finance"])
    assert _as(client, femke).post(address, said | {"level": "large"}).status_code == 404


def test_of_who_left_finance_changes_what_they_declared(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    (one,) = win(shared, bas, level="large")
    Member.objects.filter(pk=bas.pk).update(left_on=TODAY)
    _as(client, MemberFactory(organisation=inside, roles=["finance"]))
    client.post(f"/here/assignments/{shared.case.reference}/declare/", {"level": "small", "key": one.key})
    declared = Fact.objects.filter(kind="contribution_declared").latest("pk")
    assert declared.values == {"level": "small"}


def test_who_did_not_declare_is_asked_once_a_month(inside: Organisation, femke: Member, bas: Member) -> None:
    (one,) = win(share(femke), bas, level="")
    earn(one, date(2026, 2, 1), "10000")
    later = TODAY.replace(day=28) + timedelta(14)
    for day in (later.replace(day=8), later.replace(day=9)):
        with time_machine.travel(at(day), tick=False):
            reminding.remind_performers(organisation_id=inside.pk, at=timezone.now())
    told = Message.objects.filter(to=bas.user.email, about__startswith="declare:")
    assert [mail.subject for mail in told] == ["Say how much it was worth"]
    assert one.title in told[0].text
    assignments.declare(placement=one, level="small", on=TODAY, by=bas, at=timezone.now())
    assert not undeclared().exists()


def test_who_landed_it_goes_on_to_their_assignment_and_lands_it_no_second_time(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    want(shared, bas)
    said = {"members": bas.pk, "title": "", "on": TODAY.isoformat()}
    answer = _as(client, bas).post(_address(shared, "landed/"), said)
    assert answer.headers["Location"] == f"/here/assignments/{shared.case.reference}/"
    assert "opportunities/" + shared.case.reference + "/landed/" not in client.get(_address(shared)).text
    again = _as(client, bas).post(_address(shared, "landed/"), {"members": "", "title": "", "on": ""})
    assert again.status_code == 422
    assert "does not stand here any more" in again.text
