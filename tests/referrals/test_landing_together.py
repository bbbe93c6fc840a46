"""Landed by a team, landed as something else, and taken back one after the other."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.models import Message
from referrals.models import Case, Interest, Opportunity, Placement
from referrals.services import assignments, opportunities
from tests.factories import MemberFactory
from tests.referrals.test_opportunities import _address, _as, bas, femke, imke
from tests.stories_of_network import share, want, win

__all__ = ["bas", "femke", "imke"]
TODAY = timezone.localdate()


def _land(shared: Opportunity, who: Member, by: Member, title: str = "") -> Placement:
    (placement,) = assignments.win(
        opportunity=shared, performers=[who], title=title, on=TODAY, by=by, at=timezone.now()
    )
    return placement


def _introduce_team(shared: Opportunity, by: Member) -> None:
    interests = list(Interest.objects.filter(opportunity=shared).values_list("pk", flat=True))
    opportunities.introduce(opportunity=shared, interests=interests, team="Data", on=TODAY, by=by, at=timezone.now())


def test_who_was_turned_away_waits_again_once_the_last_landing_is_taken_back(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared, third = share(femke), MemberFactory(organisation=inside)
    for member in (bas, imke, third):
        want(shared, member)
    first, second = _land(shared, bas, femke), _land(shared, imke, femke)
    for placement in (first, second):
        assignments.take_back(placement=placement, by=femke, at=timezone.now())
    assert Case.objects.get(pk=shared.case_id).stage == "received"
    assert Interest.objects.get(member=third).state == "interested"


def test_what_was_closed_is_closed_again_once_the_last_landing_is_taken_back(
    femke: Member, bas: Member, imke: Member
) -> None:
    shared = share(femke)
    for member in (bas, imke):
        want(shared, member)
    opportunities.close(opportunity=shared, reason="gone", text="", on=TODAY, by=femke, at=timezone.now())
    first, second = _land(shared, bas, femke), _land(shared, imke, femke)
    for placement in (first, second):
        assignments.take_back(placement=placement, by=femke, at=timezone.now())
    assert Case.objects.get(pk=shared.case_id).stage == "closed"


def test_one_of_a_team_says_that_all_of_it_landed_it(femke: Member, bas: Member, imke: Member, client: Client) -> None:
    shared = share(femke)
    for member in (bas, imke):
        want(shared, member)
    _introduce_team(shared, femke)
    form = _as(client, bas).get(_address(shared)).context["landed_form"]
    assert {one.pk for one in form.initial["members"]} == {bas.pk, imke.pk}
    said = {"members": [bas.pk, imke.pk], "on": TODAY.isoformat()}
    assert client.post(_address(shared, "landed/"), said).status_code == 302
    assert {one.performer for one in Placement.objects.all()} == {bas, imke}


def test_of_a_team_nobody_is_told_that_another_landed_it(
    inside: Organisation, femke: Member, bas: Member, imke: Member
) -> None:
    shared, stranger = share(femke), MemberFactory(organisation=inside)
    for member in (bas, imke):
        want(shared, member)
    _introduce_team(shared, femke)
    want(shared, stranger)
    _land(shared, bas, bas)
    told = set(Message.objects.filter(about__startswith="gone").values_list("to", flat=True))
    assert told == {stranger.user.email}


def test_what_was_landed_instead_is_named_to_those_whom_it_concerns_and_not_to_the_group(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    want(shared, bas)
    _land(shared, bas, bas, "Planner at Gasunie")
    to_sharer = Message.objects.get(to=femke.user.email, about__startswith="landed")
    assert to_sharer.subject == "Bas landed Planner at Gasunie"
    assert "It came of Interim controller, which you shared." in to_sharer.text
    assert Message.objects.get(to=bas.user.email, about__startswith="landed").subject == "You landed Planner at Gasunie"
    group = _as(client, MemberFactory(organisation=inside)).get("/here/group/").text
    assert "another assignment than the one that was shared" in group
    assert "Gasunie" not in group


def test_every_button_of_a_landed_opportunity_leads_somewhere(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    shared = share(femke)
    win(shared, bas)
    for member in (MemberFactory(organisation=inside), bas, femke):
        page = _as(client, member).get(_address(shared)).text
        assert "Landed by" in page
        buttons = re.findall(r'class="btn[^"]*"\s+href="([^"]+)"', page)
        assert [client.get(one).status_code for one in buttons] == [200] * len(buttons)


@pytest.mark.parametrize("discipline", ["Finance", "Law"])
def test_any_member_can_be_asked(inside: Organisation, femke: Member, client: Client, discipline: str) -> None:
    shared, other = share(femke, visibility="chosen", disciplines=[discipline]), MemberFactory(organisation=inside)
    page = _as(client, femke).get(_address(shared))
    assert "Nobody sees it yet: ask somebody." in page.text
    assert other in page.context["others"]
    assert client.post(_address(shared, "ask/"), {"chosen": ["", other.pk]}).status_code == 302
    assert Interest.objects.get().member == other
