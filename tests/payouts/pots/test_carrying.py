"""What cannot be divided goes on to the next year: money without coins, coins without money; and the audit follows it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.broadcasting import broadcast_all
from notices.models import Message
from payouts.models import Document, Entitlement, Entry, Pot
from payouts.selectors import points, pot
from payouts.selectors.auditing.everything import differences
from payouts.selectors.books import entries as every_entry
from payouts.selectors.books import ledger_rows, with_sides
from payouts.services import dividing
from referrals.models import Fact
from referrals.services.facts import retract
from tests.payouts.pots.conftest import CLOSING, PUBLISHED, TALKED, YEAR, divide_last_year
from tests.payouts.pots.test_coins import _fill
from tests.stories import at
from tests.stories_of_network import divide, earn, pay, publicise, settle, share, talk_in_vain, win

D = Decimal


def _close_without_money(inside: Organisation, people: dict[str, Member], year: int) -> Pot:
    """Have Imke earn three coins in a year in whose pot nothing is, and have it closed."""
    talk_in_vain(people["Imke"], people["Bas"], date(year, 7, 1))
    settle(inside, date(year, 7, 2))
    two = [people["Greet"], people["Bart"]]
    return divide(inside, year, date(year + 1, 1, 20), date(year + 1, 2, 20), two)


def test_coins_of_two_years_without_money_count_for_the_third(inside: Organisation, people: dict[str, Member]) -> None:
    _close_without_money(inside, people, YEAR - 2)
    second = _close_without_money(inside, people, YEAR - 1)
    assert (second.coins, second.case) == (6, None)
    _fill(inside, people, YEAR)
    third = divide_last_year(inside, people)
    assert (third.coins, third.case is None, points.balance_of(people["Imke"], "coin")) == (6, False, 0)
    assert [(one.for_year, one.is_late) for one in pot.earned(YEAR, people["Imke"])] == [
        (YEAR - 1, False),
        (YEAR - 2, False),
    ]
    assert not list(differences())


def test_what_goes_on_is_in_the_next_pot_alone(inside: Organisation, people: dict[str, Member]) -> None:
    _close_without_money(inside, people, YEAR - 1)
    _fill(inside, people, YEAR)
    publicise(people["Femke"], people["Sander"], date(YEAR + 1, 1, 5), link="https://x.example/n")
    settle(inside, date(YEAR + 1, 1, 6))
    assert pot.coins(YEAR) == {people["Imke"].pk: 3}
    assert pot.coins(YEAR + 1) == {people["Femke"].pk: 5}
    assert pot.with_coins_to_come([people[name].pk for name in ("Imke", "Femke", "Bas")]) == {
        people["Imke"].pk,
        people["Femke"].pk,
    }


def test_money_without_coins_goes_on_and_leaves_the_year_of_its_coins_alone(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    made = publicise(filled["Femke"], filled["Sander"], PUBLISHED)
    settle(inside, date(YEAR, 7, 2))
    retract(case=made.case, facts=list(Fact.objects.filter(kind="publicity_confirmed")), at=at(date(YEAR, 8, 1)))
    settle(inside, date(YEAR, 8, 1))
    closed = divide_last_year(inside, filled)
    assert (closed.case, closed.carried_over, closed.coins) == (None, D("450.00"), 0)
    client.force_login(filled["Imke"].user)
    page = client.get(f"/here/pot/{YEAR + 1}/").text
    assert "EUR 450.00 from earlier years" in page
    assert "when nothing was to be divided" not in page
    assert "what is in the pot goes on to the next year" in client.get(f"/here/pot/{YEAR}/").text
    assert not list(differences())


def test_who_gave_their_coins_back_waits_for_no_pot(inside: Organisation, people: dict[str, Member]) -> None:
    _close_without_money(inside, people, YEAR - 1)
    assert pot.with_coins_to_come([people["Imke"].pk]) == {people["Imke"].pk}
    facts = list(Fact.objects.filter(kind="talks_held"))
    retract(case=facts[0].case, facts=facts, at=at(date(YEAR, 3, 1)))
    settle(inside, date(YEAR, 3, 1))
    assert (pot.balances(YEAR), points.balance_of(people["Imke"], "coin")) == ({people["Imke"].pk: 0}, 0)
    assert pot.with_coins_to_come([people["Imke"].pk]) == set()
    assert not list(differences())


def test_a_pot_below_zero_goes_on_with_its_coins(
    inside: Organisation, people: dict[str, Member], client: Client
) -> None:
    first = YEAR - 1
    (placement,) = win(share(people["Femke"], date(first, 3, 1)), people["Bas"], on=date(first, 4, 1))
    earn(placement, date(first, 4, 1), "12000.00", on=date(first, 5, 2))
    settle(inside, date(first, 5, 2))
    pay(inside, Document.objects.get(kind="sale"), "2178.00", people["Greet"], on=date(first, 5, 20))
    publicise(people["Femke"], people["Sander"], date(first, 6, 1), link="https://x.example/k")
    settle(inside, date(first, 6, 2))
    divide(inside, first, date(YEAR, 1, 20), date(YEAR, 2, 20), [people["Greet"], people["Bart"]])
    earn(placement, date(first, 4, 1), "4000.00", on=date(YEAR, 3, 1))
    settle(inside, date(YEAR, 3, 1))
    settle(inside, date(YEAR, 3, 1))
    talk_in_vain(people["Imke"], people["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    closed = divide_last_year(inside, people)
    assert (closed.total, closed.carried_over, closed.case) == (D("-300.00"), D("-300.00"), None)
    client.force_login(people["Imke"].user)
    page = client.get(f"/here/pot/{YEAR}/").text
    assert "It was below zero: that, and its coins, go on to the next year." in page
    assert "Nothing was in it" not in page
    assert not list(differences())


def test_members_are_told_before_that_nothing_is_to_be_divided(inside: Organisation, people: dict[str, Member]) -> None:
    talk_in_vain(people["Imke"], people["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    dividing.propose(organisation=inside, year=YEAR, by=people["Greet"], at=timezone.now())
    broadcast_all(organisation_id=inside.pk)
    told = dict(Message.objects.filter(kind="pot").values_list("to", "text"))
    assert f"Nothing is to be divided: the coins of {YEAR} count for the next year." in told[people["Imke"].user.email]


def test_the_entry_says_when_and_by_whom_and_is_none_of_money(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    entry = Entry.objects.get(pot__isnull=False)
    assert (entry.on, entry.recorded_by, entry.what) == (CLOSING, filled["Bart"], "divided")
    assert not [row for row in ledger_rows(CLOSING.replace(day=1), {}) if "divided" in row]
    client.force_login(filled["Greet"].user)
    assert f'<a href="/here/pot/{YEAR}/">Pot of {YEAR}</a>' in client.get("/here/books/", {"account": "redeemed"}).text
    assert "EUR 450.00 over 3 coins, EUR 150.00 each" in client.get(f"/here/pot/{YEAR + 1}/").text
    for one in with_sides(every_entry()):
        assert [side.pk for side in one.sides] == sorted(side.pk for side in one.sides)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda: Entitlement.objects.filter(unit="EUR", coins=3).update(coins=4), "its shares are not of the coins"),
        (lambda: Entitlement.objects.filter(unit="EUR", coins=3).delete(), "its shares are not of the coins"),
        (lambda: Pot.objects.update(coins=4), "its shares are not of the coins"),
        (lambda: Pot.objects.update(year=YEAR - 1), "coins of 0 members, booked are those of 1"),
        (lambda: Pot.objects.update(case=None), "its coins are booked off, but it was not divided"),
        (
            lambda: Pot.objects.update(state="withdrawn", closed_by=None),
            "has 0.00 coins, still to be divided over are 3.00",
        ),
    ],
)
def test_the_audit_names_coins_that_were_divided_otherwise(
    inside: Organisation, filled: dict[str, Member], break_it: Callable[[], object], said: str
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    assert not list(differences())
    break_it()
    assert [one for one in differences() if said in one]
