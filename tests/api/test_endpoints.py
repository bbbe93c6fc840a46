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
from referrals.models import Case, Fact
from referrals.services import consent, openings
from referrals.services import submission as submissions
from tests.api.conftest import Give, Program
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import Told, at, publish, recommend, tell
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


def test_facts_bring_a_case_to_its_bonus(told: Told, program: Program) -> None:
    reference, today = told.case.reference, timezone.localdate()
    body = {"kind": "worked", "placement": told.placement.key, "on": today.isoformat(), "days": "18"}
    response = program.post(f"cases/{reference}/facts/", body, key="days-1")
    assert response.json() == {"reference": reference, "stage": "working", "placement": told.placement.key}
    assessing.assess_due(organisation_id=told.organisation.pk, at=timezone.now())
    (owed,) = program.get("entitlements/", case=reference, state="due").json()["results"]
    assert (owed["amount"], owed["unit"], owed["due_on"], owed["party"]) == (
        "1200.00", "EUR", today.isoformat(), "introducer"
    )  # fmt: skip
    program.post(f"cases/{reference}/facts/", body | {"days": "10"}, key="days-2")  # replaces that day's figure
    with tenant(told.organisation.pk):
        assert Fact.objects.filter(kind="worked", on=today, retractions=None).get().values == {"days": "10.00"}


def test_facts_need_a_key_since_money_follows(told: Told, program: Program) -> None:
    body = {"kind": "left", "placement": told.placement.key, "on": timezone.localdate().isoformat()}
    response = program.post(f"cases/{told.case.reference}/facts/", body)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "worked"}, 400),
        ({"kind": "worked", "placement": "nine", "days": "3"}, 400),
        ({"kind": "started", "placement": "1", "on": "2999-01-01"}, 400),
        ({"kind": "rejected", "reason": "because"}, 400),
        ({"kind": "interviewed"}, 409),
        ({"kind": "revenue", "placement": "1"}, 400),
        ({"kind": "consented"}, 400),
    ],
)
def test_what_cannot_have_happened_is_refused(told: Told, program: Program, body: dict[str, Any], status: int) -> None:
    body = {"on": timezone.localdate().isoformat()} | body
    assert program.post(f"cases/{told.case.reference}/facts/", body, key="x").status_code == status


def test_a_whole_way_through_the_pipeline(told: Told, program: Program) -> None:
    today = timezone.localdate()
    with tenant(told.organisation.pk):
        case, _ = recommend(told.organisation, told.introducer, today - timedelta(60), email="cy@mail.example")
        consent.agree(case=case, at=at(today - timedelta(59)))
    address = f"cases/{case.reference}/facts/"
    steps: list[dict[str, Any]] = [
        {"kind": "contacted"},
        {"kind": "interviewed"},
        {"kind": "placed", "client": "Havenbedrijf", "title": "Engineer", "seniority": "senior"},
        {"kind": "started", "placement": "1"},
        {"kind": "worked", "placement": "1", "days": "4.5"},
        {"kind": "left", "placement": "1"},
    ]
    on = {"on": (today - timedelta(3)).isoformat()}
    stages = [program.post(address, step | on, key=str(number)).json()["stage"] for number, step in enumerate(steps)]
    assert stages == ["contacted", "interviewed", "placed", "working", "working", "finished"]
    kinds = [fact["kind"] for fact in program.get(address).json()["results"]]
    assert kinds == ["submitted", "consented", *(step["kind"] for step in steps)]


def test_a_step_back_takes_nothing_back(told: Told, program: Program) -> None:
    today = timezone.localdate()
    with tenant(told.organisation.pk):
        case, _ = recommend(told.organisation, told.introducer, today, email="dee@mail.example")
        consent.agree(case=case, at=timezone.now())
    address, on = f"cases/{case.reference}/facts/", {"on": today.isoformat()}
    said = [program.post(address, {"kind": kind} | on, key=kind).status_code for kind in ("interviewed", "contacted")]
    assert said == [201, 409]
    with tenant(told.organisation.pk):
        assert not Fact.objects.filter(case=case).exclude(retracts=None).exists()


def test_turnover_and_a_rejection_are_recorded(told: Told, program: Program) -> None:
    today = timezone.localdate()
    body = {"kind": "revenue", "placement": "1", "on": today.isoformat(), "amount": "950.5"}
    assert program.post(f"cases/{told.case.reference}/facts/", body, key="r").status_code == 201
    with tenant(told.organisation.pk):
        assert Fact.objects.get(kind="revenue").values == {"amount": "950.50"}
        case, _ = recommend(told.organisation, told.introducer, today, email="eve@mail.example")
    body = {"kind": "rejected", "on": today.isoformat(), "reason": "skills", "text": "Not this time."}
    assert program.post(f"cases/{case.reference}/facts/", body, key="no").json()["stage"] == "rejected"


def test_turnover_needs_a_placement_that_began(told: Told, program: Program) -> None:
    body = {"kind": "revenue", "placement": "1", "amount": "950.5"}
    early = (timezone.localdate() - timedelta(100)).isoformat()
    assert program.post(f"cases/{told.case.reference}/facts/", body | {"on": early}, key="e").status_code == 409


def test_a_fact_of_a_case_that_follows_another_is_recorded_in_that_one(told: Told, program: Program) -> None:
    with tenant(told.organisation.pk):
        other = MemberFactory(organisation=told.organisation)
        follows, _ = recommend(told.organisation, other, timezone.localdate(), email="fay@mail.example")
        Case.objects.filter(pk=follows.pk).update(shares_with=told.case)
    body = {"kind": "left", "placement": "1", "on": timezone.localdate().isoformat()}
    answer = program.post(f"cases/{follows.reference}/facts/", body, key="j").json()
    assert answer["reference"] == told.case.reference


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
