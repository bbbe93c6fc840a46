"""Money under load: many approvers at once, many who draw numbers, some of whom fail."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Entitlement, Entry, Payable
from payouts.services import assessing, numbering, paying
from referrals.services import facts
from tests.factories import MemberFactory, OrganisationFactory
from tests.stories import publish, recommend

pytestmark = pytest.mark.django_db(transaction=True)
PAYABLES, APPROVERS, ISSUERS, DRAWS = 40, 8, 8, 40


def _at_once(work: Callable[[int], None], count: int) -> None:
    """Run a piece of work in so many threads, each with a connection of its own."""

    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(slug="here")


def test_of_many_approvers_at_once_each_amount_is_approved_by_one(organisation: Organisation) -> None:
    member, maker = MemberFactory(organisation=organisation), MemberFactory(organisation=organisation)
    checkers = [MemberFactory(organisation=organisation) for _ in range(APPROVERS)]
    with tenant(organisation.pk):
        reward = {"id": "bonus", "to": "introducer", "amount": {"kind": "fixed", "amount": "10.00"}}
        reward["instalments"] = [{"share": "100%", "when": {"kind": "fact", "fact": "interviewed"}}]
        publish(rewards=[reward], eligibility=[])
        for number in range(PAYABLES):
            case, _ = recommend(organisation, member, timezone.localdate(), f"person{number}@mail.example")
            interviewed = facts.NewFact("interviewed", timezone.localdate())
            facts.record(case=case, facts=[interviewed], at=timezone.now())
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    with tenant(organisation.pk):
        wanted = [entitlement.pk for entitlement in Entitlement.objects.all()]
        ids = [one.pk for one in paying.propose(entitlements=wanted, by=maker, at=timezone.now())]
    assert len(ids) == PAYABLES
    approved: list[int] = []

    def approve(number: int) -> None:
        with tenant(organisation.pk):
            by, now = checkers[number], timezone.now()
            approved.append(paying.approve(payables=ids, on=timezone.localdate(), by=by, at=now))

    _at_once(approve, APPROVERS)
    assert sum(approved) == PAYABLES
    with tenant(organisation.pk):
        assert Payable.objects.filter(state="approved").count() == PAYABLES
        assert Entry.objects.filter(what="owed").count() == PAYABLES


def test_numbers_have_no_gaps_whoever_fails(organisation: Organisation) -> None:
    kept: list[int] = []

    def draw(number: int) -> None:
        chance = random.Random(number)
        for _ in range(DRAWS):
            try:
                with tenant(organisation.pk):
                    _, drawn = numbering.draw("SB-00001-2026")
                    if chance.random() < 0.2:
                        raise RuntimeError
            except RuntimeError:
                continue
            kept.append(drawn)

    _at_once(draw, ISSUERS)
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert len(kept) > ISSUERS * DRAWS / 2
