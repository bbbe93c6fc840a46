"""One person, recommended twice under two addresses: merged, and parted again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import Member, Organisation
from programmes.engine.assess import assess
from referrals.models import Candidate, Case, Merge
from referrals.selectors.people import likely_same
from referrals.selectors.timelines import live_facts, timelines
from referrals.services import duplicates, knowing, merging
from tests.factories import MemberFactory
from tests.stories import publish, recommend

TODAY = timezone.localdate()


@pytest.fixture
def rival(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside)


def _twice(organisation: Organisation, member: Member, rival: Member, policy: str) -> list[Case]:
    publish(duplicates={"policy": policy})
    first, _ = recommend(organisation, member, TODAY - timedelta(9), "tine@one.example", phone="+32470998877")
    second, _ = recommend(organisation, rival, TODAY - timedelta(3), "tine@two.example")
    return [first, second]


def _merge(cases: list[Case], by: Member) -> Merge:
    people = [case.candidate for case in cases]
    assert people[0]
    assert people[1]
    return merging.merge(one=people[1], other=people[0], by=by, at=timezone.now())


def _duplicates(cases: list[Case]) -> list[bool]:
    return [live_facts([case.pk]).filter(kind="duplicate_of").exists() for case in cases]


@pytest.mark.parametrize(("policy", "lose"), [("first", [False, True]), ("latest", [True, False])])
def test_merging_applies_the_policy_and_undoing_takes_it_back(
    inside: Organisation, member: Member, rival: Member, recruiter: Member, policy: str, lose: list[bool]
) -> None:
    cases = _twice(inside, member, rival, policy)
    assert _duplicates(cases) == [False, False]
    merged = _merge(cases, recruiter)
    assert _duplicates(cases) == lose
    assert [one.merged_into_id for one in Candidate.objects.order_by("pk")] == [None, merged.into_id]
    merging.undo(merged=merged, by=recruiter, at=timezone.now())
    assert _duplicates(cases) == [False, False]
    assert not Candidate.objects.exclude(merged_into=None).exists()


def test_merging_joins_cases_that_share_and_parting_lets_each_stand_alone(
    inside: Organisation, member: Member, rival: Member, recruiter: Member
) -> None:
    cases = _twice(inside, member, rival, "split")
    merged = _merge(cases, recruiter)
    assert Case.objects.get(pk=cases[1].pk).shares_with == cases[0]
    merging.undo(merged=merged, by=recruiter, at=timezone.now())
    second = Case.objects.get(pk=cases[1].pk)
    assert (second.shares_with, second.next_check_on) == (None, TODAY)


def test_undoing_twice_does_it_once(inside: Organisation, member: Member, rival: Member, recruiter: Member) -> None:
    merged = _merge(_twice(inside, member, rival, "first"), recruiter)
    for _ in range(2):
        merging.undo(merged=merged, by=recruiter, at=timezone.now())
    assert Merge.objects.get().undone_by == recruiter


def test_who_is_merged_already_or_erased_is_not_merged_again(
    inside: Organisation, member: Member, rival: Member, recruiter: Member
) -> None:
    cases = _twice(inside, member, rival, "first")
    _merge(cases, recruiter)
    with pytest.raises(merging.NotMergeableError):
        _merge(cases, recruiter)


def test_a_third_recommendation_under_the_other_address_is_a_duplicate_too(
    inside: Organisation, member: Member, rival: Member, recruiter: Member
) -> None:
    _merge(_twice(inside, member, rival, "first"), recruiter)
    third, _ = recommend(inside, MemberFactory(organisation=inside), TODAY, "tine@two.example")
    assert _duplicates([third]) == [True]


def test_merged_people_are_no_likely_same_any_more(
    inside: Organisation, member: Member, rival: Member, recruiter: Member
) -> None:
    cases = _twice(inside, member, rival, "first")
    assert likely_same([cases[0].candidate, cases[1].candidate])[cases[1].candidate_id]  # type: ignore[list-item,index]
    _merge(cases, recruiter)
    people = list(Candidate.objects.order_by("pk"))
    assert likely_same(people) == {one.pk: [] for one in people}


def test_whom_the_organisation_knew_is_no_unknown(inside: Organisation, member: Member, recruiter: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    known = Candidate.objects.create(name="An", email="an@old.example", known_since=date(2020, 1, 1))
    assert case.candidate is not None
    merging.merge(one=case.candidate, other=known, by=recruiter, at=timezone.now())
    assert live_facts([case.pk]).filter(kind="known_candidate").exists()


def test_saying_that_someone_was_known_ends_the_bonus_with_its_reason(
    inside: Organisation, member: Member, recruiter: Member
) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    knowing.say_known(case=case, since=date(2024, 5, 1), by=recruiter, at=timezone.now())
    rules = case.pins.get().version.rule_set
    (entitlement,) = assess(rules, timelines([case.pk])[case.pk], TODAY).entitlements
    assert entitlement.state == "lapsed"
    assert Candidate.objects.get().known_since == date(2024, 5, 1)


def test_a_joined_case_leads_nobody(inside: Organisation, member: Member, rival: Member) -> None:
    first, second = _twice(inside, member, rival, "split")
    assert duplicates.join(one=first, other=second, at=timezone.now()) == second
    assert duplicates.join(one=first, other=second, at=timezone.now()) is None


def test_nobody_merges_or_parts_whom_they_recommended(inside: Organisation, rival: Member, recruiter: Member) -> None:
    cases = _twice(inside, recruiter, rival, "first")
    with pytest.raises(merging.OwnCaseError):
        _merge(cases, recruiter)
    merged = _merge(cases, MemberFactory(organisation=inside, roles=["recruiter"]))
    with pytest.raises(merging.OwnCaseError):
        merging.undo(merged=merged, by=recruiter, at=timezone.now())
