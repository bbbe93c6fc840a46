"""Coins: earned by the rules, confirmed by somebody else, and had no more once a pot was divided over them."""

from datetime import date
from decimal import Decimal

from django.test import Client

from members.models import Member, Organisation
from payouts.models import Document, Entitlement, Posting
from payouts.selectors import points, pot
from payouts.selectors.auditing.everything import differences
from payouts.selectors.earnings import years_of
from referrals.models import Fact
from referrals.services.facts import retract
from tests.factories import MemberFactory
from tests.payouts.pots.conftest import PUBLISHED, TALKED, YEAR, divide_last_year
from tests.stories import at
from tests.stories_of_network import divide, earn, pay, publicise, settle, share, talk_in_vain, win

D = Decimal


def test_coins_are_had_no_more_once_a_pot_was_divided_over_them(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    publicise(filled["Femke"], filled["Sander"], PUBLISHED)
    settle(inside, date(YEAR, 7, 2))
    assert [points.balance_of(filled[name], "coin") for name in ("Femke", "Imke")] == [5, 3]
    divide_last_year(inside, filled)
    assert [points.balance_of(filled[name], "coin") for name in ("Femke", "Imke")] == [0, 0]
    assert pot.coins(YEAR) == {filled["Femke"].pk: 5, filled["Imke"].pk: 3}
    assert not list(differences())


def test_what_was_taken_back_below_zero_is_forgotten_with_the_next_pot(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    before = publicise(filled["Femke"], filled["Sander"], PUBLISHED)
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    retract(case=before.case, facts=list(Fact.objects.filter(kind="publicity_confirmed")), at=at(date(YEAR + 1, 3, 1)))
    settle(inside, date(YEAR + 1, 3, 1))
    assert (points.balance_of(filled["Femke"], "coin"), pot.coins(YEAR + 1)) == (-5, {})
    _fill(inside, filled, YEAR + 1)
    talk_in_vain(filled["Imke"], filled["Bas"], date(YEAR + 1, 7, 1))
    settle(inside, date(YEAR + 1, 7, 2))
    two = [filled["Greet"], filled["Bart"]]
    divide(inside, YEAR + 1, date(YEAR + 2, 1, 20), date(YEAR + 2, 2, 20), two)
    assert points.balance_of(filled["Femke"], "coin") == 0
    assert not list(differences())


def test_coins_of_a_year_with_nothing_in_its_pot_count_for_the_next(
    inside: Organisation, people: dict[str, Member], client: Client
) -> None:
    first, two = YEAR - 1, [people["Greet"], people["Bart"]]
    talk_in_vain(people["Imke"], people["Bas"], date(first, 7, 1))
    settle(inside, date(first, 7, 2))
    closed = divide(inside, first, date(YEAR, 1, 20), date(YEAR, 2, 20), two)
    assert (closed.case, closed.carried_over, points.balance_of(people["Imke"], "coin")) == (None, 0, 3)
    client.force_login(people["Imke"].user)
    assert "Nothing was in it: its coins count for the next year." in client.get(f"/here/pot/{first}/").text
    _fill(inside, people, YEAR)
    publicise(people["Femke"], people["Sander"], PUBLISHED)
    settle(inside, date(YEAR, 7, 2))
    assert f"of {first}, when nothing was to be divided" in client.get(f"/here/pot/{YEAR}/").text
    assert [(one.member.name, one.for_year) for one in pot.earned(YEAR, people["Imke"])] == [
        ("Femke", YEAR),
        ("Imke", first),
    ]
    divided = divide_last_year(inside, people)
    shares = Entitlement.objects.filter(case=divided.case).values_list("member__name", "coins").order_by("pk")
    assert list(shares) == [("Femke", 5), ("Imke", 3)]
    assert pot.coins(YEAR + 1) == {}
    assert not list(differences())


def test_the_journal_lists_some_of_many_sides_and_those_of_the_member_asked_for(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    many = [MemberFactory(organisation=inside, name=f"Member {place:02}") for place in range(25)]
    for place, one in enumerate(many):
        publicise(one, filled["Sander"], PUBLISHED, link=f"https://x.example/{place}")
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    assert Posting.objects.filter(entry__pot__isnull=False).count() == 26
    client.force_login(filled["Greet"].user)
    page = client.get("/here/books/", {"account": "redeemed"}).text
    assert ("Member 03" in page, "Member 24" in page, "and others" in page) == (True, False, True)
    assert f"Pot of {YEAR}" in page
    own = client.get("/here/books/", {"account": "points", "member": many[24].pk}).text
    assert own.count("Member 24") == 2  # earned, and divided


def _fill(inside: Organisation, people: dict[str, Member], year: int) -> None:
    """Have somebody remit, so that EUR 450 are in the pot of a year."""
    (placement,) = win(share(people["Femke"], date(year, 1, 5)), people["Bas"], on=date(year, 1, 10))
    earn(placement, date(year, 1, 1), "12000.00", on=date(year, 2, 2))
    settle(inside, date(year, 2, 2))
    sale = Document.objects.filter(kind="sale").latest("pk")
    pay(inside, sale, "2178.00", people["Greet"], on=date(year, 2, 20))


def test_coins_that_came_late_are_listed_under_the_year_whose_pot_they_count_for(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    publicise(filled["Femke"], filled["Sander"], date(YEAR, 12, 30))
    client.force_login(filled["Femke"].user)
    assert "what it brings is being counted" in client.get("/here/pot/").text
    settle(inside)
    assert "what it brings is being counted" not in client.get("/here/pot/").text
    (year,) = [one for one in years_of(filled["Femke"]) if "coin" in one.sums]
    assert (year.year, year.sums["coin"]) == (YEAR + 1, 5)


def test_what_is_not_divided_yet_is_not_said_to_be(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    client.force_login(filled["Imke"].user)
    assert "would be divided now,Imke" in client.get(f"/here/pot/{YEAR}/csv/").text
    divide_last_year(inside, filled)
    assert "\ndivided,Imke" in client.get(f"/here/pot/{YEAR}/csv/").text
