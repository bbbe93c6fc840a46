"""Opportunities in the API: read, and their turnover said by programs, which only ever add to a month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.scopes import Scope
from members.services import keys
from referrals.models import Opportunity, Placement
from referrals.selectors.assignments import turnover_of
from tests.api.conftest import Give, Program
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories_of_network import network, share, win

WON = timezone.localdate() - timedelta(40)
MONTH = (timezone.localdate().replace(day=1) - timedelta(1)).replace(day=1)


@pytest.fixture
def organisation(db: None) -> Organisation:
    made = OrganisationFactory(slug="here")
    with tenant(made.pk):
        network(made)
    return made


@pytest.fixture
def femke(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, name="Femke")


@pytest.fixture
def bas(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, name="Bas")


@pytest.fixture
def landed(organisation: Organisation, femke: Member, bas: Member) -> Opportunity:
    with tenant(organisation.pk):
        shared = share(femke, WON - timedelta(10))
        win(shared, bas, on=WON)
        return shared


@pytest.fixture
def program(organisation: Organisation, give: Give) -> Program:
    return give(organisation)


def _earn(program: Program, landed: Opportunity, amount: str, key: str, on: date = MONTH) -> int:
    body = {"kind": "revenue", "placement": "1", "on": max(on, WON).isoformat(), "amount": amount}
    status: int = program.post(f"cases/{landed.case.reference}/facts/", body, key=key).status_code
    return status


def _said(organisation: Organisation) -> list[Decimal]:
    with tenant(organisation.pk):
        return list(turnover_of(list(Placement.objects.values_list("pk", flat=True))).values())


def test_opportunities_are_read_with_who_landed_them(program: Program, landed: Opportunity, bas: Member) -> None:
    (one,) = program.get("opportunities/").json()["results"]
    assert one == program.get(f"opportunities/{landed.case.reference}/").json()
    assert (one["title"], one["client"], one["stage"]) == ("Interim controller", "Havenbedrijf", "working")
    assert one["assignments"] == [
        {"key": "1", "title": "Interim controller", "performer": {"id": bas.pk, "name": "Bas"}}
    ]
    assert program.get("opportunities/", stage="closed").json()["results"] == []


def test_a_program_adds_to_a_months_turnover(organisation: Organisation, program: Program, landed: Opportunity) -> None:
    assert [_earn(program, landed, amount, amount) for amount in ("1000.00", "250.50")] == [201, 201]
    assert _said(organisation) == [Decimal("1250.50")]
    assert _earn(program, landed, "250.50", "250.50") == 201
    assert _said(organisation) == [Decimal("1250.50")]


def test_before_it_was_landed_there_is_no_turnover(program: Program, landed: Opportunity) -> None:
    body = {"kind": "revenue", "placement": "1", "on": (WON - timedelta(62)).isoformat(), "amount": "1.00"}
    assert program.post(f"cases/{landed.case.reference}/facts/", body, key="e").status_code == 409


def test_who_earns_by_it_does_not_say_it_by_a_program(
    organisation: Organisation, landed: Opportunity, femke: Member
) -> None:
    with tenant(organisation.pk):
        Member.objects.filter(pk=femke.pk).update(roles=["administrator"])
        femke.refresh_from_db()
        _key, token = keys.make(organisation=organisation, name="Own", scopes=list(Scope), by=femke, at=timezone.now())
    assert _earn(Program(organisation, token), landed, "1000.00", "own") == 409
    assert _said(organisation) == []


def test_all_else_of_an_opportunity_members_say_themselves(program: Program, landed: Opportunity) -> None:
    body = {"kind": "left", "placement": "1", "on": timezone.localdate().isoformat()}
    answer = program.post(f"cases/{landed.case.reference}/facts/", body, key="l")
    assert answer.status_code == 409
    assert "nothing else" in answer.json()["title"]
