"""What is still remitted at the pace of the last months: never beyond a cap, for a team under one cap neither; and its forecast."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members.models import Member, Organisation
from payouts import pacing
from payouts.selectors.assignments import assignments
from payouts.selectors.forecast import Remitted, remittances
from payouts.selectors.landed import coming
from referrals.models import Placement
from referrals.services import assignments as services
from tests.factories import MemberFactory
from tests.stories_of_network import earn, network, settle, share, win, with_payees

D = Decimal
TODAY = timezone.localdate()
THIS = TODAY.replace(day=1)
LAST = (THIS - timedelta(1)).replace(day=1)
BEFORE = (LAST - timedelta(1)).replace(day=1)


def test_the_pace_is_the_mean_of_the_last_three_months() -> None:
    assert pacing.pace([D(3000), D(0), D(6000), D(90000)]) == D("3000.00")
    assert pacing.pace([]) == 0


def test_it_goes_on_until_the_cap_or_the_last_day() -> None:
    months = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert pacing.coming(D(400), D(1000), months[0]) == [
        (months[0], D(400)), (months[1], D(400)), (months[2], D(200))
    ]  # fmt: skip
    assert [one.month for one in pacing.coming(D(400), None, months[0], date(2026, 2, 14))] == months[:2]
    assert len(pacing.coming(D(1), None, months[0])) == 12
    assert pacing.coming(D(400), D(0), months[0]) == []
    assert pacing.coming(D(0), D(1000), months[0]) == []


@given(st.decimals(0, 9999, places=2), st.decimals(0, 9999, places=2))
def test_what_comes_is_never_more_than_is_left(monthly: Decimal, left: Decimal) -> None:
    found = pacing.coming(monthly, left, date(2026, 1, 1))
    assert sum((one.amount for one in found), D(0)) <= left
    assert all(one.amount > 0 for one in found)


@pytest.fixture
def people(inside: Organisation) -> dict[str, Member]:
    network(inside)
    inside.refresh_from_db()
    found = {name: MemberFactory(organisation=inside, name=name) for name in ("Femke", "Bas", "Imke")}
    with_payees(inside, found.values())
    return found | {"Ruben": MemberFactory(organisation=inside, name="Ruben", roles=["finance"])}


def _ahead() -> dict[str, list[Decimal]]:
    found = assignments(Placement.objects.select_related("case", "performer", "client"), TODAY)
    return {
        one.placement.performer.name: [month.amount for month in coming(found)[one.placement.pk]]
        for one in found
        if one.placement.performer
    }


def test_the_forecast_says_what_is_remitted_and_to_whom(
    inside: Organisation, people: dict[str, Member], client: Client
) -> None:
    (placement,) = win(share(people["Femke"], BEFORE), people["Bas"], on=BEFORE)
    for month in (BEFORE, LAST):
        earn(placement, month, "10000.00")
    settle(inside)
    assert _ahead() == {"Bas": [D("1500.00"), D("500.00")]}
    first, second = remittances(TODAY)["EUR"]
    assert first == Remitted(THIS, D("750.00"), D("375.00"), D("375.00"))
    assert (second.total, second.introducers) == (D("500.00"), D("250.00"))
    client.force_login(people["Ruben"].user)
    assert "What members go on to remit" in client.get("/here/books/forecast/").text
    client.force_login(people["Femke"].user)
    page = client.get(f"/here/assignments/{placement.case.reference}/").text
    assert "EUR 1,500.00 a month is remitted" in page


def test_a_team_under_one_cap_shares_what_is_left_of_it(inside: Organisation, people: dict[str, Member]) -> None:
    won = win(share(people["Femke"], BEFORE), people["Bas"], people["Imke"], on=BEFORE)
    for placement, amount in zip(won, ("12000.00", "6000.00"), strict=True):
        earn(placement, BEFORE, amount)
    settle(inside)
    ahead = _ahead()
    assert sum(ahead["Bas"] + ahead["Imke"]) == D("5000.00") - D("2700.00")
    assert sum(ahead["Bas"]) > sum(ahead["Imke"])


def test_what_ended_remits_no_more(inside: Organisation, people: dict[str, Member]) -> None:
    (placement,) = win(share(people["Femke"], BEFORE), people["Bas"], on=BEFORE)
    earn(placement, BEFORE, "1000.00")
    services.end(placement=placement, on=BEFORE + timedelta(9), by=people["Bas"], at=timezone.now())
    assert _ahead() == {"Bas": []}


def test_where_nothing_runs_nothing_comes(people: dict[str, Member]) -> None:
    assert remittances(TODAY) == {}
