"""The demo tells what it is said to tell, and exists in the demo only."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import ModuleType

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum
from django.test import Client, override_settings

from demo import agency, company, network
from demo.people import STORIES
from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Batch, Payable
from payouts.selectors import payables
from payouts.selectors.auditing.everything import differences
from payouts.selectors.waiting import CONTESTS
from referrals.models import Fact
from tests.payouts.test_audit import _audit

pytestmark = pytest.mark.django_db


def test_the_demo_is_what_it_is_said_to_be() -> None:
    call_command("demo")
    with tenant(Organisation.objects.get(slug="brugwerk").pk):
        year = {"on__year": 2018}
        assert Fact.objects.filter(kind="interviewed", **year).count() == 60
        assert Fact.objects.filter(kind="placed", **year).count() == 18
        paid = Payable.objects.filter(state="paid", paid_on__year=2018)
        by_amount = dict(paid.values_list("amount").annotate(count=Count("pk")))
        assert by_amount == {Decimal("1200.00"): 14, Decimal("800.00"): 4}
        assert paid.aggregate(total=Sum("amount")) == {"total": Decimal("20000.00")}
        assert [one.answered_by.name for one in CONTESTS.all()] == ["Lotte Claes"]
    with tenant(Organisation.objects.get(slug="halvemaan").pk):
        assert Member.objects.exclude(team=None).count() > 200
    for story in STORIES:
        for person in story.people:
            client = Client()
            assert client.post("/demo/enter/", {"email": person.email}).headers["Location"] == f"/{story.slug}/"
            assert client.get(f"/{story.slug}/", follow=True).status_code == 200
    assert _audit() == (0, "0 differences.\n")
    call_command("demo")
    assert Organisation.objects.count() == len(STORIES)


@pytest.mark.parametrize(
    ("module", "day"),
    [
        (agency, date(2026, 11, 24)),
        (company, date(2026, 11, 30)),
        (network, date(2027, 1, 1)),
        (network, date(2027, 3, 20)),
    ],
)
def test_the_demo_is_told_on_any_day_of_a_month(module: ModuleType, day: date) -> None:
    with time_machine.travel(datetime.combine(day, time(9, 30), UTC)):
        module.load(day)
        with tenant(Organisation.objects.get().pk):
            assert list(differences()) == []
            if module is agency:
                assert [one.answered_by.name for one in CONTESTS.all()] == ["Lotte Claes"]
                assert payables.to_propose().count() >= 2
                assert list(Batch.objects.order_by("pk").values_list("state", flat=True)) == ["executed", "proposed"]


def test_nobody_else_can_be_entered() -> None:
    assert Client().post("/demo/enter/", {"email": "person1@brugwerk.example"}).status_code == 404


@override_settings(DEMO=False)
def test_production_has_no_demo() -> None:
    with pytest.raises(CommandError):
        call_command("demo")
