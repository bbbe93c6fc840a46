"""What the API says and does: the same as the pages."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.models import Answer
from api.tasks import forget_answers
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.services import assessing
from referrals.models import Case
from referrals.services import consent, openings
from referrals.services import submission as submissions
from tests.api.conftest import Give, Program
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told, publish, recommend, tell
from trail.selectors import Wanted, trail

PERSON = {"name": "Bo Bakker", "email": "bo@mail.example", "known_as": "We built a port together."}


@pytest.fixture
def program(told: Told, give: Give) -> Program:
    return give(told.organisation)


@pytest.fixture
def submission(told: Told) -> dict[str, Any]:
    return PERSON | {"introducer": told.introducer.user.email, "opening": told.opening.pk}


def test_a_case_is_read_as_the_board_shows_it(told: Told, program: Program) -> None:
    (case,) = program.get("cases/").json()["results"]
    assert case == program.get(f"cases/{told.case.reference}/").json()
    assert (case["reference"], case["stage"]) == (told.case.reference, "working")
    assert case["person"] == {"name": "An Peeters", "email": "an@mail.example", "language": "en"}
    assert case["introducer"] == {"id": told.introducer.pk, "name": told.introducer.name}


def test_someone_is_recommended_as_by_the_form(told: Told, program: Program, submission: dict[str, Any]) -> None:
    response = program.post("cases/", submission)
    assert response.status_code == 201
    with tenant(told.organisation.pk):
        case = Case.objects.get(reference=response.json()["reference"])
        assert (case.introducer, case.opening, case.pins.count()) == (told.introducer, told.opening, 1)
    again = program.post("cases/", submission)
    assert (again.status_code, case.reference in again.json()["title"]) == (409, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"introducer": "nobody@mail.example"}, "introducer"),
        ({"email": "no address"}, "email"),
        ({"opening": 0}, "opening"),
        ({"name": "x\0y"}, "name"),
        ({"language": "xx"}, "language"),
    ],
)
def test_a_wrong_field_is_named(
    program: Program, submission: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    response = program.post("cases/", submission | changes)
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (400, [field])


def test_a_key_makes_a_request_count_once(told: Told, program: Program, submission: dict[str, Any]) -> None:
    first, second = (program.post("cases/", submission, key="k-1") for _ in range(2))
    assert (first.status_code, second.status_code, first.json() == second.json()) == (201, 201, True)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert program.post("cases/", submission | {"name": "Other"}, key="k-1").status_code == 422
    with tenant(told.organisation.pk):
        assert Case.objects.filter(candidate__email="bo@mail.example").count() == 1


def test_what_failed_can_be_sent_again_under_its_key(program: Program, submission: dict[str, Any]) -> None:
    assert program.post("cases/", submission | {"email": ""}, key="k-2").status_code == 400
    assert program.post("cases/", submission, key="k-2").status_code == 201


def test_a_member_recommends_so_many_a_day_by_whichever_way(
    program: Program, submission: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submissions, "MOST_A_DAY", 1)
    said = [program.post("cases/", submission | {"email": f"{n}@mail.example"}).status_code for n in range(2)]
    assert said == [201, 429]


def test_nobody_is_written_to_in_a_language_of_others(told: Told, program: Program, submission: dict[str, Any]) -> None:
    Organisation.objects.update(languages=["en", "nl"])
    answer = program.post("cases/", submission | {"language": "fr"})
    assert answer.json()["errors"][0]["field"] == "language"


def test_nothing_of_an_erased_person_is_answered_again(
    told: Told, program: Program, submission: dict[str, Any]
) -> None:
    reference = program.post("cases/", submission, key="k-3").json()["reference"]
    with tenant(told.organisation.pk):
        case = Case.objects.get(reference=reference)
        consent.forget(organisation=told.organisation, case=case, at=timezone.now())
    assert program.post("cases/", submission, key="k-3").json() == {"reference": reference}


def test_the_trail_names_the_key(told: Told, program: Program, submission: dict[str, Any]) -> None:
    program.post("cases/", submission)
    with tenant(told.organisation.pk):
        (row,) = [row for row in trail(told.organisation, Wanted()).rows if row.place.source == "apicall"]
    assert row.about == "HR /api/v1/here/cases/"


def test_answers_are_forgotten_after_thirty_days(told: Told, program: Program, submission: dict[str, Any]) -> None:
    program.post("cases/", submission, key="k-4")
    with time_machine.travel(timezone.now() + timedelta(29), tick=False):
        forget_answers(told.organisation.pk)
        with tenant(told.organisation.pk):
            assert Answer.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(31), tick=False):
        forget_answers(told.organisation.pk)
    with tenant(told.organisation.pk):
        assert Answer.objects.count() == 0


def test_programmes_and_their_terms_are_read_in_every_language(told: Told, program: Program) -> None:
    (programme,) = program.get("programmes/").json()["results"]
    assert programme["version"]["number"] == 1
    said = {
        language: program.get(f"programmes/{programme['id']}/terms/", language=language).json()
        for language in ("en", "nl", "fr")
    }
    assert said["en"]["payment"] == "Paid within 30 days after it is earned."
    assert len({terms["payment"] for terms in said.values()}) == 3
    assert said["en"]["rules"]["rewards"][0]["id"] == "bonus"


def test_an_opening_says_what_it_can_bring(told: Told, program: Program) -> None:
    (opening,) = program.get("openings/", is_open="true").json()["results"]
    assert opening["promises"] == [{"unit": "EUR", "amount": "1200.00"}]
    assert program.get("openings/", is_open="false").json()["results"] == []


def test_pages_follow_one_another_without_a_gap(told: Told, program: Program) -> None:
    with tenant(told.organisation.pk):
        for number in range(5):
            recommend(told.organisation, told.introducer, timezone.localdate(), email=f"p{number}@mail.example")
    found, page = [], program.get("cases/", page_size=2).json()
    while page:
        found += [case["reference"] for case in page["results"]]
        page = program.client.get(page["next"]).json() if page["next"] else None
    assert (len(found), len(set(found))) == (6, 6)


@pytest.mark.parametrize("path", ["cases/", "entitlements/", "members/", "openings/", "programmes/"])
def test_a_list_asks_as_often_for_many_as_for_one(told: Told, program: Program, path: str) -> None:
    program.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        program.get(path)
    with tenant(told.organisation.pk):
        for number in range(12):
            by = MemberFactory(organisation=told.organisation)
            recommend(told.organisation, by, timezone.localdate(), email=f"m{number}@mail.example")
            fields = {"title": f"Opening {number}", "seniority": "senior"}
            openings.save_opening(opening=None, client_name=f"C {number}", fields=fields, on=timezone.localdate())
            publish("new_business", name=f"Programme {number}")
    assessing.assess_due(organisation_id=told.organisation.pk, at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        program.get(path)
    assert len(many) == len(few)


def test_no_list_shows_a_row_of_another_organisation(told: Told, program: Program) -> None:
    elsewhere = OrganisationFactory(slug="elsewhere")
    there = tell(elsewhere)
    page = "".join(program.get(path).content.decode() for path in ("cases/", "members/", "openings/", "entitlements/"))
    assert there.case.reference not in page
    assert there.introducer.user.email not in page
