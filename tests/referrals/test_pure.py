"""The pure decisions of referrals: pipeline, identity, uploads, forecast."""

import contextlib
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import documents
from programmes.engine import reading
from programmes.engine.assess import assess
from programmes.engine.rules import RuleSet
from referrals import references
from referrals.forecast import Basis, Expectation, expected
from referrals.identity import Identity, likenesses, name_key, phone_key
from referrals.pipeline import Happened, Stage, Turn, answer_of, moves_from, stage_of, turn_of, undone_by
from referrals.selectors.tracking import working_days
from referrals.uploads import LARGEST, NotACvError, media_type_of


def _stage(*kinds: str) -> Stage:
    return stage_of([Happened(*kind.split(":")) for kind in kinds])


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ((), Stage.RECEIVED),
        (("submitted", "consented"), Stage.RECEIVED),
        (("contacted", "interviewed"), Stage.INTERVIEWED),
        (("presented", "contacted"), Stage.PRESENTED),
        (("placed:1",), Stage.PLACED),
        (("placed:1", "started:1"), Stage.WORKING),
        (("started:1", "left:1"), Stage.FINISHED),
        (("started:1", "left:1", "placed:2", "started:2"), Stage.WORKING),
        (("interviewed", "rejected"), Stage.REJECTED),
        (("interviewed", "rejected", "reopened"), Stage.INTERVIEWED),
        (("lead_won",), Stage.WON),
    ],
)
def test_the_stage_follows_from_the_facts(facts: tuple[str, ...], stage: Stage) -> None:
    assert _stage(*facts) is stage


def test_nobody_is_moved_before_they_agreed() -> None:
    assert moves_from(Stage.RECEIVED, None) == []
    assert Stage.CONTACTED in moves_from(Stage.RECEIVED, "consented")


def test_a_move_back_undoes_what_came_after() -> None:
    assert undone_by(Stage.PRESENTED, Stage.CONTACTED) == {"interviewed", "presented"}
    assert undone_by(Stage.CONTACTED, Stage.PRESENTED) == set()


def test_whose_move_it_is() -> None:
    assert turn_of(Stage.RECEIVED, None) is Turn.PERSON
    assert turn_of(Stage.RECEIVED, "consented") is Turn.RECRUITER
    assert turn_of(Stage.PRESENTED, "consented") is Turn.CLIENT
    assert turn_of(Stage.REJECTED, "consented") is Turn.NOBODY


def test_the_newest_answer_counts() -> None:
    assert answer_of([Happened("consented"), Happened("placed"), Happened("consent_withdrawn")]) == "consent_withdrawn"


@pytest.mark.parametrize(
    ("one", "other"), [("An van den Bérg", "VAN DEN BERG, An"), ("Zoë  O'Neil", "o neil zoe"), ("Jean-Luc", "jean luc")]
)
def test_names_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize("phone", ["0470 12 34 56", "+32 470 12 34 56", "0032470123456"])
def test_phone_numbers_are_the_same_however_they_are_written(phone: str) -> None:
    assert phone_key(phone, "BE") == "+32470123456"


def test_what_is_no_number_is_like_no_other() -> None:
    assert phone_key("call me", "BE") == ""
    assert likenesses(Identity("", "", "an"), Identity("", "", "bo")) == []
    assert likenesses(Identity("a@b.c", "+32", "an"), Identity("a@b.c", "", "an")) == ["email", "name"]


def test_references_are_speakable_and_do_not_repeat() -> None:
    made = {references.new() for _ in range(2000)}
    assert len(made) == 2000
    assert {character for reference in made for character in reference} <= set(references.ALPHABET)


def _archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("cv.PDF", b"%PDF-1.7 x"), ("cv.docx", _archive("word/document.xml")), ("cv.odt", _archive("content.xml"))],
)
def test_cvs_are_accepted(name: str, content: bytes) -> None:
    assert media_type_of(name, len(content), io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cv.exe", b"MZ", "type"),
        ("cv", b"%PDF-1.7", "type"),
        ("cv.pdf", b"", "size"),
        ("cv.pdf", b"<html>", "content"),
        ("cv.docx", b"%PDF-1.7", "content"),
        ("cv.docx", _archive("content.xml"), "content"),
        ("cv.odt", _archive("content.xml", *[f"f{n}" for n in range(100)]), "content"),
    ],
)
def test_what_is_no_cv_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(NotACvError, match=code):
        media_type_of(name, len(content), io.BytesIO(content))


def test_a_cv_may_not_be_too_large() -> None:
    with pytest.raises(NotACvError, match="size"):
        media_type_of("cv.pdf", LARGEST + 1, io.BytesIO(b"%PDF-"))


@given(st.binary(max_size=200), st.sampled_from(["cv.pdf", "cv.docx", "cv.odt"]))
def test_no_file_makes_the_check_fail(content: bytes, name: str) -> None:
    with contextlib.suppress(NotACvError):
        media_type_of(name, len(content), io.BytesIO(content))


RULES = RuleSet.read(documents.preset("cooptation_bonus"))
BASE = [
    {"on": "2026-01-02", "fact": "consented"},
    {"on": "2026-01-05", "fact": "interviewed"},
    {"on": "2026-01-12", "fact": "placed"},
]


def _expected(as_of: date, *facts: dict[str, object]) -> Expectation | None:
    timeline = reading.timeline({"facts": [*BASE, *facts]})
    (entitlement,) = assess(RULES, timeline, as_of).entitlements
    return expected(entitlement, timeline, as_of, working_days("BE"))


def test_before_the_start_nothing_is_expected() -> None:
    assert _expected(date(2026, 1, 20)) is None


def test_before_any_day_is_recorded_it_is_five_a_week_without_public_holidays() -> None:
    started = {"on": "2026-02-02", "fact": "started"}
    # sixty working days from Monday 2 February, of which Easter Monday, 6 April, is none
    assert _expected(date(2026, 2, 3), started) == Expectation(date(2026, 4, 27), Basis.FIVE_A_WEEK)


def test_afterwards_it_is_the_pace_so_far() -> None:
    started = {"on": "2026-02-02", "fact": "started"}
    worked = {"on": "2026-02-27", "fact": "worked", "days": 10}
    # ten of twenty working days: a hundred more, of which Easter Monday, Labour Day, Ascension, Whit Monday, 21 July are none
    assert _expected(date(2026, 3, 1), started, worked) == Expectation(date(2026, 7, 24), Basis.PACE, Decimal("0.5"))


def test_what_should_have_come_is_expected_today() -> None:
    started = {"on": "2026-02-02", "fact": "started"}
    assert _expected(date(2026, 12, 1), started) == Expectation(date(2026, 12, 1), Basis.FIVE_A_WEEK)
