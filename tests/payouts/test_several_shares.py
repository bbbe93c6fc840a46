"""More than one share is asked of the same turnover: each has a cap of its own, all have one currency."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Charge
from payouts.selectors import assignments as pages
from programmes import selectors as programmes
from programmes.documents import preset
from programmes.engine.rules import RuleSet
from tests.factories import MemberFactory
from tests.stories import payee_of, publish
from tests.stories_of_network import earn, network, settle, share, win

D = Decimal
TODAY = timezone.localdate()


@pytest.fixture
def performer(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, name="Bas")


def test_months_are_asked_for_until_each_cap_is_reached(inside: Organisation, performer: Member) -> None:
    publish("revenue_share", name="Second")
    (placement,) = win(share(MemberFactory(organisation=inside)), performer)
    payee_of(inside, performer)
    earn(placement, date(2026, 2, 1), "20000.00")
    settle(inside)
    assert sum(one.amount for one in Charge.objects.all()) == D("6000.00")
    (one,) = pages.of_performer(performer, TODAY)
    assert (one.cap, one.left, one.per_cent, one.towards.rate) == (D(10000), D("4000.00"), 60, D(30))
    assert one.missing


def test_two_currencies_of_one_turnover_are_refused(performer: Member) -> None:
    fee = {
        "id": "fee",
        "owed_by": "performer",
        "to": "organisation",
        "amount": {"kind": "share_of_revenue", "rate": "10%", "cap": {"amount": "5000.00"}},
    }
    rules = RuleSet.read(preset("revenue_share") | {"currency": "USD", "rewards": [fee]})
    assert [(one.path, one.code) for one in programmes.not_allowed(rules, None)] == [("currency", "one_turnover")]


def test_a_team_under_one_cap_reads_what_each_of_it_remits(inside: Organisation, performer: Member) -> None:
    imke = MemberFactory(organisation=inside, name="Imke")
    first, second = win(share(MemberFactory(organisation=inside)), performer, imke)
    for one, amount in ((first, "20000.00"), (second, "10000.00")):
        earn(one, date(2026, 2, 1), amount)
    settle(inside)
    (one,) = pages.of_performer(performer, TODAY)
    assert (one.owed, one.towards.owed) == (D("3000.00"), D("4500.00"))
    assert one.together == [("Bas", D("3000.00")), ("Imke", D("1500.00"))]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_who_of_a_team_remits_does_not_hang_on_who_says_their_month_first(
    inside: Organisation, performer: Member, order: tuple[int, int]
) -> None:
    imke = MemberFactory(organisation=inside, name="Imke")
    both = win(share(MemberFactory(organisation=inside)), performer, imke)
    for number in order:
        earn(both[number], date(2026, 2, 1), "30000.00")
    settle(inside)
    charged = [sum((one.amount for one in Charge.objects.filter(member=who)), D(0)) for who in (performer, imke)]
    assert charged == [D("4500.00"), D("500.00")]
