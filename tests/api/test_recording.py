"""Programs tell what happened: through the services of the pages, and with the same refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kernel.tenancy import tenant
from payouts.services import assessing
from referrals.models import Case, Fact
from referrals.services import consent
from tests.api.conftest import Give, Program
from tests.factories import MemberFactory
from tests.stories import Told, at, recommend


@pytest.fixture
def program(told: Told, give: Give) -> Program:
    return give(told.organisation)


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
