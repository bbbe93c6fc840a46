"""Saying the turnover of months: several at once, all or none; by whom, how often, and who reads it."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from members.limiting import STEPS_A_DAY
from members.models import Member, Organisation
from members.services import people
from notices.models import Message
from payouts.selectors.assignments import assignments as pages
from payouts.services import reminding
from referrals.models import Fact, Placement
from referrals.selectors.assignments import turnover_of
from tests.factories import MemberFactory
from tests.stories import at, payee_of
from tests.stories_of_network import earn, network, settle, share, win

D = Decimal
TODAY = timezone.localdate()
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture
def bas(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, name="Bas")


@pytest.fixture
def placement(inside: Organisation, bas: Member) -> Placement:
    return win(share(MemberFactory(organisation=inside)), bas)[0]


def _address(placement: Placement, what: str = "turnover/") -> str:
    return f"/here/assignments/{placement.case.reference}/{what}"


def test_several_months_are_said_at_once_and_those_left_empty_are_not(
    placement: Placement, bas: Member, client: Client
) -> None:
    client.force_login(bas.user)
    said = {"month": ["2026-04-01", "2026-03-01", "2026-02-01"], "amount": ["", "1.234,50", "1000"]}
    assert client.post(_address(placement), said).status_code == 302
    assert turnover_of([placement.pk]) == {
        (placement.pk, FEBRUARY): D("1000.00"),
        (placement.pk, MARCH): D("1234.50"),
    }


def test_of_several_months_each_says_what_is_wrong_and_nothing_is_recorded(
    placement: Placement, bas: Member, client: Client
) -> None:
    earn(placement, FEBRUARY, "1000.00")
    client.force_login(bas.user)
    said = {
        "month": ["2026-04-01", "2026-03-01", "2026-02-01"],
        "amount": ["12.000", "500", ""],
        "was": ["", "", "1000.00"],
    }
    answer = client.post(_address(placement), said)
    assert answer.status_code == 422
    assert "Which amount is “12.000”?" in answer.text
    assert 'value="500"' in answer.text
    assert answer.text.count("invalid-feedback") == 2  # what was said is not to be empty
    assert Fact.objects.filter(kind="revenue").count() == 1


def test_a_month_that_was_left_as_it_stood_keeps_what_was_said_of_it_meanwhile(
    placement: Placement, bas: Member, client: Client
) -> None:
    earn(placement, FEBRUARY, "1000.00")
    client.force_login(bas.user)
    page = client.get(_address(placement, "")).text
    assert 'name="was"' in page
    earn(placement, FEBRUARY, "1500.00")
    said = {"month": ["2026-03-01", "2026-02-01"], "amount": ["700", "1000.00"], "was": ["", "1000.00"]}
    assert client.post(_address(placement), said).status_code == 302
    assert turnover_of([placement.pk]) == {(placement.pk, FEBRUARY): D("1500.00"), (placement.pk, MARCH): D("700.00")}
    nothing = client.post(_address(placement), said | {"amount": ["", "1000.00"]}, follow=True)
    assert "Type the turnover of a month first." in nothing.text


def test_what_is_remitted_is_looked_at_again_while_it_is_reckoned(
    inside: Organisation, placement: Placement, bas: Member, client: Client
) -> None:
    client.force_login(bas.user)
    earn(placement, FEBRUARY, "1000.00")
    assert 'hx-trigger="every 2s"' in client.get(_address(placement, "")).text
    refused = client.post(_address(placement), {"month": "2026-02-01", "amount": "much"}).text
    assert f'hx-get="{_address(placement, "")}"' in refused
    settle(inside)
    for name, said in (("standing", "EUR 150.00 of at most"), ("parties", "Who gets what")):
        headers = {"HX-Request": "true", "HX-Target": f"{name}-{placement.pk}"}
        part = client.get(_address(placement, ""), headers=headers).text
        assert "hx-trigger" not in part
        assert "<html" not in part
        assert said in part


def test_finance_ends_an_assignment_of_who_left(
    inside: Organisation, placement: Placement, bas: Member, client: Client
) -> None:
    finance = MemberFactory(organisation=inside, roles=["finance"])
    MemberFactory(organisation=inside, roles=["administrator"])
    said = {"key": placement.key, "on": TODAY.isoformat()}
    client.force_login(finance.user)
    assert client.post(_address(placement, "end/"), said).status_code == 404
    people.leave(organisation=inside, member=bas, on=TODAY, by=None, at=timezone.now())
    assert "The assignment ended" in client.get(_address(placement, "")).text
    assert client.post(_address(placement, "end/"), said | {"on": "2999-01-01"}).status_code == 422
    assert client.post(_address(placement, "end/"), said).status_code == 302
    assert pages([placement], TODAY)[0].over_on == TODAY


def test_of_a_team_nobody_reads_the_turnover_of_another(inside: Organisation, bas: Member, client: Client) -> None:
    imke = MemberFactory(organisation=inside, name="Imke")
    first, second = win(share(MemberFactory(organisation=inside)), bas, imke)
    for one, amount in ((first, "1111.00"), (second, "2222.00")):
        earn(one, FEBRUARY, amount)
    settle(inside)
    client.force_login(bas.user)
    page = client.get(_address(first, "")).text
    assert "1,111.00" in page
    assert "2,222.00" not in page


def test_what_is_said_to_and_fro_goes_on_tomorrow(placement: Placement, bas: Member, client: Client) -> None:
    client.force_login(bas.user)
    cache.clear()
    codes = [
        client.post(_address(placement), {"month": "2026-02-01", "amount": str(number % 2)}).status_code
        for number in range(STEPS_A_DAY + 1)
    ]
    assert set(codes[:-1]) == {302}
    assert codes[-1] == 429


@pytest.mark.parametrize(("day", "reminded"), [(4, 0), (5, 1)])
def test_nobody_is_reminded_of_a_month_in_the_first_days_of_the_next(
    inside: Organisation, placement: Placement, bas: Member, day: int, reminded: int
) -> None:
    payee_of(inside, bas)
    with time_machine.travel(at(date(2026, 3, day)), tick=False):
        reminding.remind_performers(organisation_id=inside.pk, at=timezone.now())
    assert Message.objects.filter(to=bas.user.email, about__startswith="month:").count() == reminded


def test_the_month_that_runs_is_none_that_finance_waits_for(placement: Placement) -> None:
    (one,) = pages([placement], date(2026, 3, 31))
    assert [month.first for month in one.missing] == [MARCH, FEBRUARY]
    assert [month.first for month in one.overdue] == [FEBRUARY]
