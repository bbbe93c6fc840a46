"""Cases that share: who follows whom, who may decide, and what leaving or erasing means for them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.services import people
from referrals.models import Candidate, Case
from referrals.pipeline import Stage
from referrals.selectors.timelines import live_facts
from referrals.services import consent, knowing, merging, moves
from tests.factories import MemberFactory
from tests.stories import publish, recommend

TODAY = timezone.localdate()
ONE, TWO = "tine@one.example", "tine@two.example"


@pytest.fixture
def rival(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside)


@pytest.fixture
def cases(inside: Organisation, member: Member, rival: Member) -> list[Case]:
    """Two members recommended one person, under two addresses; who does so shares."""
    publish(duplicates={"policy": "split"})
    first, _ = recommend(inside, member, TODAY - timedelta(9), ONE)
    second, _ = recommend(inside, rival, TODAY - timedelta(3), TWO)
    return [first, second]


def _merge(cases: list[Case], by: Member) -> None:
    first, second = (case.candidate for case in cases)
    assert first
    assert second
    merging.merge(one=first, other=second, by=by, at=timezone.now())


def _move_on(case: Case, by: Member) -> None:
    now = timezone.now()
    consent.agree(case=case, at=now)
    moves.move(case=case, seen=Stage(case.stage), to=Stage.INTERVIEWED, on=TODAY, by=by, at=now)


def test_the_case_that_moved_on_leads(cases: list[Case], recruiter: Member) -> None:
    _move_on(cases[1], recruiter)
    _merge(cases, recruiter)
    first = Case.objects.get(pk=cases[0].pk)
    assert (first.shares_with, first.stage) == (cases[1], "interviewed")


def test_two_that_both_moved_on_are_not_joined(cases: list[Case], recruiter: Member) -> None:
    for case in cases:
        _move_on(case, recruiter)
    with pytest.raises(merging.BothMovedOnError):
        _merge(cases, recruiter)
    assert not Candidate.objects.exclude(merged_into=None).exists()


def test_nobody_joins_a_case_that_is_over(inside: Organisation, cases: list[Case], recruiter: Member) -> None:
    now = timezone.now()
    moves.end(case=cases[0], how=Stage.REJECTED, reason="skills", text="No.", on=TODAY, by=recruiter, at=now)
    again, _ = recommend(inside, MemberFactory(organisation=inside), TODAY, ONE)
    assert (again.shares_with, again.is_over) == (None, False)


def test_a_phone_number_gives_nobody_a_say_in_anothers_case(
    organisation: Organisation, inside: Organisation, member: Member, rival: Member
) -> None:
    publish(duplicates={"policy": "split"})
    victims, _ = recommend(inside, member, TODAY - timedelta(9), ONE, phone="+32470998877")
    _, token = recommend(inside, rival, TODAY, "stranger@mail.example", phone="+32470998877")
    Client().post(f"/c/{token}/", {"answer": "decline"})
    with tenant(organisation.pk):
        assert Case.objects.get(pk=victims.pk).stage == "received"


def test_ones_own_earlier_case_takes_nothing_from_the_next(
    inside: Organisation, member: Member, recruiter: Member
) -> None:
    publish()
    first, _ = recommend(inside, member, TODAY - timedelta(90), ONE)
    now = timezone.now()
    moves.end(case=first, how=Stage.REJECTED, reason="filled", text="No.", on=TODAY, by=recruiter, at=now)
    again, _ = recommend(inside, member, TODAY, ONE)
    assert not live_facts([again.pk]).filter(kind="duplicate_of").exists()


def test_erasing_finds_the_person_under_every_address(
    inside: Organisation, cases: list[Case], recruiter: Member
) -> None:
    _merge(cases, recruiter)
    third, _ = recommend(inside, MemberFactory(organisation=inside), TODAY, TWO)
    consent.forget(organisation=inside, case=cases[0], at=timezone.now())
    assert set(Candidate.objects.values_list("name", "email")) == {("", "")}
    assert Case.objects.get(pk=third.pk).is_over


def test_those_who_share_lose_nothing_while_one_of_them_is_there(
    inside: Organisation, cases: list[Case], member: Member, rival: Member, recruiter: Member
) -> None:
    _merge(cases, recruiter)
    administrator = MemberFactory(organisation=inside, roles=["administrator"])
    left = live_facts([cases[0].pk]).filter(kind="introducer_left")
    for gone, recorded in ((member, False), (rival, True)):
        people.leave(organisation=inside, member=gone, on=TODAY, by=administrator, at=timezone.now())
        assert left.exists() is recorded


def test_who_was_known_only_afterwards_was_unknown(inside: Organisation, member: Member, recruiter: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY - timedelta(30))
    knowing.say_known(case=case, since=TODAY, by=recruiter, at=timezone.now())
    assert not live_facts([case.pk]).filter(kind="known_candidate").exists()
