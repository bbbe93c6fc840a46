"""Opportunities: who sees what, who can be said to have talked or landed it, and what ends them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members import limiting
from members.models import Member, MemberProfile, Organisation
from members.services import membership
from members.services.people import leave, leave_due, plan_leaving
from notices.models import Message
from payouts.selectors import pot
from referrals.models import Fact, Interest, Opportunity
from referrals.selectors import opportunities as selectors
from referrals.services import activities, assignments, opportunities
from referrals.services.opportunities import CLOSED_AFTER, SILENT_AFTER, NotInterestedError
from referrals.views import opportunities as views
from tests.factories import MemberFactory
from tests.stories import at, payee_of, publish
from tests.stories_of_network import network, settle, share, want, win

TODAY = timezone.localdate()
CHOSEN = {"visibility": "chosen"}


@pytest.fixture
def femke(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def bas(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


@pytest.fixture
def imke(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Imke")


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _address(opportunity: Opportunity, more: str = "") -> str:
    return f"/here/opportunities/{opportunity.case.reference}/{more}"


def test_only_the_chosen_see_what_is_shared_with_them(femke: Member, bas: Member, imke: Member, client: Client) -> None:
    shared = share(femke, **CHOSEN)
    opportunities.ask(opportunity=shared, members=[bas], at=timezone.now())
    assert _as(client, bas).get(_address(shared)).status_code == 200
    assert _as(client, imke).get(_address(shared)).status_code == 404
    assert list(selectors.open_to(imke)) == []


def test_the_client_of_an_anonymised_one_is_seen_once_one_is_introduced(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke, visibility="anonymised", known_how="My cousin told me.")
    page = _as(client, bas).get(_address(shared)).text
    assert "Havenbedrijf" not in page + client.get("/here/opportunities/").text
    assert "cousin" not in page
    want(shared, bas)
    interest = Interest.objects.get()
    opportunities.introduce(opportunity=shared, interests=[interest.pk], team="", on=TODAY, by=femke, at=timezone.now())
    assert "Havenbedrijf" in client.get(_address(shared)).text


def test_who_was_interested_is_so_again_when_it_is_taken_up_again(femke: Member, bas: Member, imke: Member) -> None:
    shared = share(femke)
    for member in (bas, imke):
        want(shared, member)
    opportunities.withdraw(opportunity=shared, by=imke, at=timezone.now())
    opportunities.close(opportunity=shared, reason="gone", text="", on=TODAY, by=femke, at=timezone.now())
    assert Interest.objects.get(member=bas).state == "not_chosen"
    opportunities.reopen(opportunity=shared, on=TODAY, by=femke, at=timezone.now())
    states = dict(Interest.objects.values_list("member", "state"))
    assert states == {bas.pk: "interested", imke.pk: "withdrawn"}


def test_to_and_fro_is_told_of_once_a_day(femke: Member, bas: Member) -> None:
    shared = share(femke)
    for _ in range(3):
        opportunities.say_interested(opportunity=shared, why="I would.", by=bas, at=timezone.now())
        opportunities.withdraw(opportunity=shared, by=bas, at=timezone.now())
    assert Message.objects.filter(to=femke.user.email, kind="interest").count() == 1


def test_why_somebody_wants_it_is_read_by_who_shares_it_alone(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    opportunities.say_interested(opportunity=shared, why="I kept two ports.", by=bas, at=timezone.now())
    administrator = MemberFactory(organisation=inside, roles=["administrator"])
    assert "two ports" in _as(client, femke).get(_address(shared)).text
    assert "two ports" not in _as(client, administrator).get(_address(shared)).text


def test_nobody_is_said_to_have_talked_who_declined(femke: Member, bas: Member) -> None:
    shared = share(femke)
    opportunities.ask(opportunity=shared, members=[bas], at=timezone.now())
    opportunities.withdraw(opportunity=shared, by=bas, at=timezone.now())
    with pytest.raises(opportunities.NotInterestedError):
        assignments.hold_talks(opportunity=shared, performer=bas, on=TODAY, by=femke, at=timezone.now())


def test_nobody_introduces_themselves(inside: Organisation, femke: Member) -> None:
    administrator = MemberFactory(organisation=inside, roles=["administrator"])
    shared = share(femke)
    want(shared, administrator)
    interests = list(Interest.objects.values_list("pk", flat=True))
    with pytest.raises(opportunities.OneselfError):
        opportunities.introduce(
            opportunity=shared, interests=interests, team="", on=TODAY, by=administrator, at=timezone.now()
        )


def test_silence_is_reminded_of_and_then_ends_it(inside: Organisation, femke: Member) -> None:
    shared, now = share(femke, TODAY), timezone.now()
    opportunities.look_for_silence(organisation_id=inside.pk, at=now + SILENT_AFTER)
    opportunities.look_for_silence(organisation_id=inside.pk, at=now + SILENT_AFTER + timedelta(1))
    shared.refresh_from_db()
    assert shared.reminded_at
    opportunities.look_for_silence(organisation_id=inside.pk, at=now + SILENT_AFTER + CLOSED_AFTER + timedelta(2))
    shared.case.refresh_from_db()
    assert shared.case.stage == "closed"


def test_recruiters_have_no_way_into_members_opportunities(
    inside: Organisation, femke: Member, recruiter: Member, client: Client
) -> None:
    shared = share(femke, **CHOSEN)
    reference = shared.case.reference
    assert _as(client, recruiter).get(f"/here/pipeline/{reference}/").status_code == 404
    said = {"how": "rejected", "reason": "other", "text": "No."}
    assert client.post(f"/here/pipeline/{reference}/end/", said).status_code == 404


def test_the_page_of_the_pot_names_no_opportunity_that_one_may_not_see(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke, TODAY, title="A secret", **CHOSEN)
    want(shared, bas)
    assignments.hold_talks(opportunity=shared, performer=bas, on=TODAY, by=bas, at=at(TODAY))
    opportunities.close(opportunity=shared, reason="gone", text="Gone.", on=TODAY, by=femke, at=at(TODAY))
    settle(inside)
    assert [one.title for one in pot.earned(TODAY.year, femke)] == ["A secret"]
    assert [one.title for one in pot.earned(TODAY.year, imke)] == [""]


def test_talks_that_the_sharer_tells_of_count_once_the_member_says_so(
    inside: Organisation, femke: Member, bas: Member, imke: Member, client: Client
) -> None:
    shared = share(femke)
    want(shared, bas)
    said = {"member": bas.pk, "on": TODAY.isoformat()}
    assert _as(client, femke).post(_address(shared, "talks/"), said).status_code == 302
    assert not Fact.objects.filter(kind="talks_held").exists()
    assert "Did you talk?" not in _as(client, imke).get(_address(shared)).text
    assert "Did you talk?" in _as(client, bas).get(_address(shared)).text
    _as(client, bas).post(_address(shared, "talks/own/"), {"yes": ""})
    assert Fact.objects.get(kind="talks_held").recorded_by == bas
    assert "Did you talk?" not in _as(client, bas).get(_address(shared)).text


def test_talks_that_were_not_held_bring_nothing(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    want(shared, bas)
    assignments.hold_talks(opportunity=shared, performer=bas, on=TODAY, by=femke, at=timezone.now())
    _as(client, bas).post(_address(shared, "talks/own/"), {"no": ""})
    assert not Fact.objects.filter(kind="talks_held").exists()
    with pytest.raises(NotInterestedError):
        assignments.confirm_talks(opportunity=shared, is_so=True, by=bas, at=timezone.now())


def test_talks_are_confirmed_after_it_was_closed_too(inside: Organisation, femke: Member, bas: Member) -> None:
    shared = share(femke)
    want(shared, bas)
    assignments.hold_talks(opportunity=shared, performer=bas, on=TODAY, by=femke, at=timezone.now())
    opportunities.close(opportunity=shared, reason="gone", text="Gone.", on=TODAY, by=femke, at=at(TODAY))
    settle(inside)
    assert pot.coins(TODAY.year) == {}
    assignments.confirm_talks(opportunity=shared, is_so=True, by=bas, at=timezone.now())
    settle(inside)
    assert pot.coins(TODAY.year) == {femke.pk: 3}


def test_a_new_member_reads_what_to_begin_with_until_it_is_said(
    inside: Organisation, femke: Member, client: Client
) -> None:
    page = _as(client, femke).get("/here/opportunities/").text
    assert "To begin with" in page
    assert "/here/directory/me/" in page
    MemberProfile.objects.create(member=femke, disciplines=["Finance"], changed_at=timezone.now())
    page = client.get("/here/opportunities/").text
    assert "/here/earnings/details/" in page
    assert "Then you hear of opportunities that fit you." not in page
    payee_of(inside, femke)
    assert "To begin with" not in client.get("/here/opportunities/").text


def test_an_administrator_reads_what_waits_for_them_until_it_is_done(
    inside: Organisation, femke: Member, client: Client
) -> None:
    sander = MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
    assert "Waits for you as administrator" not in _as(client, femke).get("/here/opportunities/").text
    page = _as(client, sander).get("/here/opportunities/").text
    assert "Say what membership costs" in page
    assert "Make somebody else administrator too" in page
    assert "Say to which account" not in page
    MemberFactory(organisation=inside, roles=["administrator"])
    membership.save_terms(fields={"registration_fee": Decimal(50)})
    assert "Waits for you" not in client.get("/here/opportunities/").text
    publish("coins_publicity", name="Publicity")
    said = {"about": "A talk", "on": TODAY, "at": timezone.now()}
    activities.claim_publicity(link="https://x.example/a", by=femke, **said)
    activities.claim_publicity(link="https://x.example/b", by=sander, **said)
    page = client.get("/here/opportunities/").text
    assert "1 claim for publicity to confirm" in page


def test_who_asks_without_choosing_is_told_to_choose(femke: Member, client: Client) -> None:
    page = _as(client, femke).post(_address(share(femke, **CHOSEN), "ask/"), {}, follow=True)
    assert "Choose first whom you ask." in page.text


def test_who_was_ticked_stays_so_where_something_else_is_wrong(femke: Member, bas: Member, client: Client) -> None:
    shared = share(femke)
    want(shared, bas)
    chosen = Interest.objects.get(member=bas).pk
    answer = _as(client, femke).post(_address(shared, "introduce/"), {"chosen": chosen, "on": "soon"})
    assert answer.status_code == 422
    field = answer.text[answer.text.index(f'value="{chosen}"') :]
    assert "checked" in field[: field.index(">")]


def test_who_was_asked_only_is_not_thanked_for_their_interest(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke, **CHOSEN)
    opportunities.ask(opportunity=shared, members=[imke], at=timezone.now())
    win(shared, bas, on=TODAY)
    mail = Message.objects.get(to=imke.user.email, about__startswith="gone:")
    assert "Another member landed" in mail.text
    assert "Thank you for your interest" not in mail.text


@pytest.mark.parametrize("chosen", ["²", "9" * 5000, "x", "-1"])
def test_odd_choices_choose_nobody(femke: Member, bas: Member, client: Client, chosen: str) -> None:
    shared = share(femke)
    said = {"chosen": chosen, "on": TODAY.isoformat(), "team": "Rekenploeg"}
    want(shared, bas)
    answer = _as(client, femke).post(_address(shared, "introduce/"), said)
    assert answer.status_code == 422
    assert "Choose members who said that they are interested." in answer.text
    assert 'value="Rekenploeg"' in answer.text


@pytest.mark.parametrize(("days", "status"), [(31, 302), (32, 422)])
def test_nothing_is_landed_long_before_it_was_shared(
    femke: Member, bas: Member, client: Client, days: int, status: int
) -> None:
    shared = share(femke, TODAY)
    want(shared, bas)
    said = {"members": bas.pk, "on": (TODAY - timedelta(days)).isoformat(), "title": "Another one"}
    answer = _as(client, femke).post(_address(shared, "landed/"), said)
    assert answer.status_code == status
    if status == 422:
        assert "more than a month later. Is this the right day?" in answer.text
        assert 'value="Another one"' in answer.text


def test_a_step_that_is_opened_again_leads_back_to_its_page(femke: Member, client: Client) -> None:
    shared = share(femke)
    answer = _as(client, femke).get(_address(shared, "landed/"), headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (302, _address(shared))
    assert client.get(_address(shared, "landed/")).status_code == 405  # a program reads what is wrong


def test_a_year_that_is_a_slip_is_asked_about(femke: Member, client: Client) -> None:
    said = {"what": "assignment", "title": "X", "client_name": "Y", "disciplines": "Z", "presence": "remote"}
    said |= {"early": "asked", "visibility": "network", "starts_on": "9999-12-31"}
    answer = _as(client, femke).post("/here/opportunities/new/", said)
    assert "Is this the right year?" in answer.text


def test_nobody_floods_the_network_with_mails(
    femke: Member, bas: Member, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "STEPS_A_DAY", 1)
    shared = share(femke)
    said = {"reason": "gone", "text": "Gone."}
    assert _as(client, femke).post(_address(shared, "close/"), said).status_code == 302
    answer = client.post(_address(shared, "close/"), {"reopen": ""})
    assert answer.status_code == 429
    assert "Go on tomorrow." in answer.text
    assert client.get(_address(shared)).status_code == 200


def test_an_opportunity_that_is_shown_to_all_after_all_counts_as_one_that_is_shared(
    femke: Member, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHARED_A_DAY", 1)
    shared = share(femke, visibility="chosen")
    said = {"what": "assignment", "title": "X", "client_name": "Y", "disciplines": "Z", "presence": "remote"}
    said |= {"early": "asked"}
    for visibility, status in (("network", 302), ("chosen", 302), ("network", 422)):
        answer = _as(client, femke).post(_address(shared, "edit/"), said | {"visibility": visibility})
        assert answer.status_code == status
    assert "Go on tomorrow." in answer.text


def test_what_a_leaver_shared_goes_to_an_administrator_by_name_who_is_told(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    first = MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
    second = MemberFactory(organisation=inside, name="Ruben", roles=["administrator"])
    made = share(femke)
    landed = share(femke, title="Landed")
    win(landed, bas, on=TODAY)
    leave(organisation=inside, member=femke, on=timezone.localdate(), by=second, at=timezone.now())
    letter = Message.objects.get(to=second.user.email, kind="opportunity")
    assert made.title in letter.text
    assert "Landed" not in letter.text
    assert selectors.leader(Opportunity.objects.get(pk=made.pk)) == second
    opportunities.say_interested(opportunity=made, why="I know ports.", by=bas, at=timezone.now())
    assert Message.objects.filter(to=second.user.email, kind="interest").count() == 1
    client.force_login(second.user)
    assert made.title in client.get("/here/opportunities/?list=mine").text
    leave(organisation=inside, member=second, on=timezone.localdate(), by=None, at=timezone.now())
    assert selectors.leader(Opportunity.objects.get(pk=made.pk)) == first


def test_who_said_that_a_member_leaves_gets_what_they_shared_when_the_day_is_over(
    inside: Organisation, femke: Member
) -> None:
    _first, said = (MemberFactory(organisation=inside, roles=["administrator"]) for _ in range(2))
    made = share(femke)
    plan_leaving(organisation=inside, member=femke, last_day=TODAY, by=said)
    leave_due(organisation=inside, at=timezone.now() + timedelta(1))
    assert selectors.leader(Opportunity.objects.get(pk=made.pk)) == said


def test_what_was_handed_over_has_time_again_and_a_leader_who_is_there(
    inside: Organisation, femke: Member, bas: Member
) -> None:
    sander = MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
    now = timezone.now()
    made, closed = share(femke), share(femke)
    opportunities.close(opportunity=closed, reason="gone", text="Gone.", on=TODAY, by=femke, at=now)
    Opportunity.objects.filter(pk=made.pk).update(reminded_at=now - CLOSED_AFTER)
    leave(organisation=inside, member=femke, on=TODAY, by=sander, at=now)
    opportunities.look_for_silence(organisation_id=inside.pk, at=now + timedelta(1))
    made.case.refresh_from_db()
    assert made.case.stage == "received"
    opportunities.reopen(opportunity=closed, on=TODAY, by=sander, at=now)
    assert selectors.leader(Opportunity.objects.get(pk=closed.pk)) == sander


def test_who_left_is_interested_no_more(inside: Organisation, femke: Member, bas: Member) -> None:
    sander = MemberFactory(organisation=inside, roles=["administrator"])
    shared = share(femke)
    opportunities.say_interested(opportunity=shared, why="Me.", by=bas, at=timezone.now())
    leave(organisation=inside, member=bas, on=TODAY, by=sander, at=timezone.now())
    interest = Interest.objects.get()
    assert interest.state == "withdrawn"
    Interest.objects.update(state="interested")  # said at this very moment
    with pytest.raises(NotInterestedError):
        opportunities.introduce(
            opportunity=shared, interests=[interest.pk], team="", on=TODAY, by=femke, at=timezone.now()
        )
