"""Recommending, answering, moving: what is recorded, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kernel import links
from members.models import Member, Organisation
from referrals.models import Candidate, Case, Fact, Note
from referrals.pipeline import Stage
from referrals.selectors.people import likely_same
from referrals.selectors.timelines import live_facts
from referrals.services import consent, moves, placements, submission
from referrals.services.beginning import NoProgrammeError
from referrals.services.facts import FactRefusedError, NewFact, record
from referrals.services.links import CANDIDATE
from tests.factories import MemberFactory
from tests.stories import at, publish, recommend

TODAY = date(2026, 11, 20)
EMAIL = "An.Peeters@mail.example"


@pytest.fixture
def other(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside)


def _kinds(case: Case) -> list[str]:
    return list(live_facts([case.pk]).values_list("kind", flat=True))


def test_a_recommendation_keeps_the_version_in_force(inside: Organisation, member: Member) -> None:
    publish(on=date(2026, 1, 1))
    case, _ = recommend(inside, member, TODAY)
    publish(on=TODAY)
    later, _ = recommend(inside, member, TODAY + timedelta(1), "bo@mail.example")
    assert [one.pins.get().version.number for one in (case, later)] == [1, 2]


def test_without_a_programme_nothing_can_be_recommended(inside: Organisation, member: Member) -> None:
    with pytest.raises(NoProgrammeError):
        recommend(inside, member, TODAY)


def test_a_member_recommends_a_person_once(inside: Organisation, member: Member) -> None:
    publish()
    recommend(inside, member, TODAY)
    with pytest.raises(submission.AlreadyRecommendedError):
        recommend(inside, member, TODAY, "AN@mail.example")


@pytest.mark.parametrize(
    ("policy", "first_facts", "second_facts"),
    [
        ("first", ["submitted"], ["submitted", "duplicate_of"]),
        ("latest", ["submitted", "duplicate_of"], ["submitted"]),
        ("split", ["submitted"], ["submitted"]),
    ],
)
def test_who_owns_the_introduction_follows_the_policy(
    inside: Organisation, member: Member, other: Member, policy: str, first_facts: list[str], second_facts: list[str]
) -> None:
    publish(duplicates={"policy": policy})
    first, _ = recommend(inside, member, TODAY - timedelta(90))
    second, _ = recommend(inside, other, TODAY)
    second.refresh_from_db()
    assert (_kinds(first), _kinds(second)) == (first_facts, second_facts)
    assert (second.shares_with == first) is (policy == "split")


def test_an_introduction_is_owned_for_a_while(inside: Organisation, member: Member, other: Member) -> None:
    publish(duplicates={"owned_for": "P3M"})
    recommend(inside, member, date(2026, 8, 20))
    on_the_last_day, _ = recommend(inside, other, date(2026, 11, 20))
    assert _kinds(on_the_last_day) == ["submitted", "duplicate_of"]
    third = MemberFactory(organisation=inside)
    Candidate.objects.filter(cases=on_the_last_day).update(email="")
    a_day_later, _ = recommend(inside, third, date(2026, 11, 21))
    assert _kinds(a_day_later) == ["submitted"]


@pytest.mark.parametrize(
    ("within", "known_since", "known"),
    [("ever", date(2001, 1, 1), True), ("P1Y", date(2025, 11, 20), True), ("P1Y", date(2025, 11, 19), False)],
)
def test_a_person_may_be_known_already(
    inside: Organisation, member: Member, within: str, known_since: date, known: bool
) -> None:
    publish(duplicates={"known_within": within})
    Candidate.objects.create(name="An", email=EMAIL, known_since=known_since)
    case, _ = recommend(inside, member, TODAY, EMAIL.lower())
    assert ("known_candidate" in _kinds(case)) is known


def test_the_same_phone_number_is_a_likeness_and_proves_nothing(
    inside: Organisation, member: Member, other: Member
) -> None:
    publish()
    first, _ = recommend(inside, member, TODAY, "an@one.example", phone="0470 12 34 56")
    case, _ = recommend(inside, other, TODAY, "an@two.example", phone="+32470123456")
    assert "duplicate_of" not in _kinds(case)
    assert case.candidate is not None
    (like,) = likely_same([case.candidate])[case.candidate.pk]
    assert (like.candidate, like.parts) == (first.candidate, ["phone", "name"])


def test_facts_are_never_changed(inside: Organisation, member: Member) -> None:
    publish()
    recommend(inside, member, TODAY)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Fact.objects.update(kind="placed")
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Fact.objects.all().delete()


def test_a_fact_with_wrong_fields_is_refused(inside: Organisation, member: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    with pytest.raises(FactRefusedError):
        record(case=case, facts=[NewFact("worked", TODAY, {"days": "many"})], at=at(TODAY))


@pytest.fixture
def agreed(inside: Organisation, member: Member, recruiter: Member) -> Case:
    publish()
    case, _ = recommend(inside, member, TODAY - timedelta(30))
    consent.agree(case=case, at=at(TODAY - timedelta(29)))
    moves.accept(case=case, by=recruiter)
    return case


def _move(case: Case, to: Stage, by: Member, seen: Stage | None = None) -> None:
    moves.move(case=case, seen=seen or Stage(case.stage), to=to, on=TODAY, by=by, at=at(TODAY))


def test_a_move_records_what_happened(agreed: Case, recruiter: Member) -> None:
    _move(agreed, Stage.CONTACTED, recruiter)
    _move(agreed, Stage.INTERVIEWED, recruiter)
    agreed.refresh_from_db()
    assert (agreed.stage, agreed.stage_since, _kinds(agreed)[-2:]) == (
        "interviewed",
        TODAY,
        ["contacted", "interviewed"],
    )


def test_a_move_back_retracts_what_was_recorded(agreed: Case, recruiter: Member) -> None:
    _move(agreed, Stage.INTERVIEWED, recruiter)
    _move(agreed, Stage.CONTACTED, recruiter)
    assert "interviewed" not in _kinds(agreed)
    assert agreed.stage == "contacted"
    _move(agreed, Stage.RECEIVED, recruiter)
    assert agreed.stage == "received"


def test_of_two_who_move_one_case_the_second_sees_who_did(agreed: Case, recruiter: Member, other: Member) -> None:
    seen = Stage(agreed.stage)
    _move(agreed, Stage.INTERVIEWED, recruiter, seen)
    with pytest.raises(moves.MovedMeanwhileError) as moved:
        _move(agreed, Stage.CONTACTED, other, seen)
    assert (moved.value.mover, moved.value.case.stage) == (recruiter, "interviewed")


def test_of_two_who_take_a_case_one_gets_it(agreed: Case, other: Member) -> None:
    with pytest.raises(moves.MovedMeanwhileError):
        moves.accept(case=agreed, by=other)


def test_nobody_is_moved_before_they_agree(inside: Organisation, member: Member, recruiter: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    with pytest.raises(moves.MoveRefusedError):
        _move(case, Stage.CONTACTED, recruiter)


def _reject(case: Case, by: Member) -> None:
    moves.end(case=case, how=Stage.REJECTED, reason="skills", text="Not quite.", on=TODAY, by=by, at=at(TODAY))


def test_a_rejection_has_a_reason_and_can_be_taken_up_again(agreed: Case, recruiter: Member) -> None:
    _reject(agreed, recruiter)
    assert (agreed.stage, agreed.is_over, Note.objects.get().text) == ("rejected", True, "Not quite.")
    with pytest.raises(moves.MovedMeanwhileError):
        _reject(agreed, recruiter)
    moves.reopen(case=agreed, on=TODAY, by=recruiter, at=at(TODAY))
    assert (agreed.stage, agreed.is_over) == ("received", False)


def test_who_declines_ends_the_case(inside: Organisation, member: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    consent.decline(case=case, at=at(TODAY))
    consent.decline(case=case, at=at(TODAY))
    assert (_kinds(case), case.stage) == (["submitted", "consent_refused", "withdrawn"], "withdrawn")


def test_being_forgotten_erases_the_person_and_leaves_the_facts(inside: Organisation, member: Member) -> None:
    publish()
    case, token = recommend(inside, member, TODAY, known_as="My neighbour An.", phone="0470 12 34 56")
    consent.agree(case=case, at=at(TODAY))
    consent.forget(organisation=inside, case=case, at=at(TODAY))
    person = Candidate.objects.get()
    fields: list[Any] = [person.name, person.email, person.email_key, person.phone, person.phone_key, person.name_key]
    assert fields == [""] * 6
    assert not Note.objects.exists()
    assert _kinds(case) == ["submitted", "consented", "consent_withdrawn", "withdrawn"]
    assert links.find(token, CANDIDATE, timezone.now()) is None


def test_a_correction_of_days_is_a_retraction_and_a_new_fact(
    agreed: Case, recruiter: Member, inside: Organisation
) -> None:
    client = placements.Client.objects.create(name="Havenbedrijf")
    assignment = placements.Assignment(client, "Tester")
    placement = placements.place(case=agreed, assignment=assignment, on=TODAY, by=recruiter, at=at(TODAY))
    for days in ("20", "20", "18.5"):
        until = TODAY
        placements.set_days_worked(
            placement=placement, until=until, days=placements.Decimal(days), by=recruiter, at=at(TODAY)
        )
    worked = Fact.objects.filter(kind="worked").order_by("pk")
    assert [fact.values["days"] for fact in worked] == ["20", "18.5"]
    assert [fact.values["days"] for fact in live_facts([agreed.pk]).filter(kind="worked")] == ["18.5"]


def test_who_did_not_agree_cannot_be_placed(inside: Organisation, member: Member, recruiter: Member) -> None:
    publish()
    case, _ = recommend(inside, member, TODAY)
    assignment = placements.Assignment(placements.Client.objects.create(name="Havenbedrijf"), "Tester")
    with pytest.raises(placements.NotPlaceableError):
        placements.place(case=case, assignment=assignment, on=TODAY, by=recruiter, at=at(TODAY))
