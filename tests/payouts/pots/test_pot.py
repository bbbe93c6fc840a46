"""The pot: divided exactly, by two, after objections; what comes late, or cannot be divided, is for the next year."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Account, Document, Entitlement, Payable, Pot
from payouts.selectors import payables, pot
from payouts.selectors.auditing.everything import differences
from payouts.selectors.earnings import years_of
from payouts.services import dividing, paying, settings
from programmes.engine.mistakes import Refused
from tests.payouts.pots.conftest import CLOSING, LATER, PUBLISHED, TALKED, YEAR, divide_last_year
from tests.stories import at, payee_of, publish
from tests.stories_of_network import claim, divide, earn, pay, publicise, settle, share, talk_in_vain, win

D = Decimal


def test_a_pot_is_divided_by_two_and_its_shares_are_paid_as_any_other_amount(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    publicise(filled["Femke"], filled["Sander"], PUBLISHED)
    settle(inside, date(YEAR, 7, 2))
    closed = divide_last_year(inside, filled)
    assert closed.carried_over == 0
    found = Entitlement.objects.filter(case=closed.case).values_list("member__name", "coins", "amount").order_by("pk")
    assert list(found) == [("Femke", 5, D("281.25")), ("Imke", 3, D("168.75"))]
    wanted = Entitlement.objects.get(case=closed.case, member=filled["Femke"])
    assert wanted in payables.to_propose()
    (made,) = paying.propose(entitlements=[wanted.pk], by=filled["Greet"], at=timezone.now())
    paying.approve(payables=[made.pk], on=timezone.localdate(), by=filled["Bart"], at=timezone.now())
    settle(inside)
    document = Document.objects.get(kind="invoice")
    assert document.net == D("281.25")
    assert f"Share of the pot of {YEAR}: 5 coins" in document.lines.get().description
    assert Account.objects.get(kind="pot").balance == D("-168.75")
    assert [one.amount for year in years_of(filled["Femke"]) for one in year.earnings if one.case == closed.case] == [
        D("281.25")
    ]
    assert not list(differences())


def test_a_pot_is_not_proposed_while_cases_are_being_looked_at(inside: Organisation, filled: dict[str, Member]) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    with pytest.raises(dividing.CannotBeDividedError, match="assessing"):
        dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(LATER))


def test_a_network_has_one_pot_in_one_currency(inside: Organisation, filled: dict[str, Member]) -> None:
    with pytest.raises(Refused) as refused:
        publish("revenue_share", name="Dollars", currency="USD")
    assert [mistake.code for mistake in refused.value.mistakes] == ["one_pot"]


def test_what_comes_late_counts_for_the_next_year(inside: Organisation, filled: dict[str, Member]) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    divide_last_year(inside, filled)
    late = publicise(filled["Femke"], filled["Sander"], date(YEAR, 12, 30))
    settle(inside)
    assert late.on.year == YEAR
    assert (pot.coins(YEAR), pot.coins(YEAR + 1)) == ({filled["Imke"].pk: 3}, {filled["Femke"].pk: 5})
    assert [(one.on, one.is_late) for one in pot.earned(YEAR + 1, filled["Imke"])] == [(date(YEAR, 12, 30), True)]
    assert [one.is_late for one in pot.earned(YEAR, filled["Imke"])] == [False]


def test_without_coins_it_is_carried_over(inside: Organisation, filled: dict[str, Member]) -> None:
    closed = divide_last_year(inside, filled)
    assert (closed.case, closed.carried_over) == (None, D("450.00"))
    assert pot.standing(YEAR + 1, filled["Femke"]).total == D("450.00")


def test_what_was_carried_over_is_divided_the_year_after(inside: Organisation, people: dict[str, Member]) -> None:
    first = YEAR - 1
    (placement,) = win(share(people["Femke"], date(first, 3, 1)), people["Bas"], on=date(first, 4, 1))
    earn(placement, date(first, 4, 1), "12000.00", on=date(first, 5, 2))
    settle(inside, date(first, 5, 2))
    pay(inside, Document.objects.get(kind="sale"), "2178.00", people["Greet"], on=date(first, 5, 20))
    divide(inside, first, date(YEAR, 1, 20), date(YEAR, 2, 20), [people["Greet"], people["Bart"]])
    talk_in_vain(people["Imke"], people["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    closed = divide_last_year(inside, people)
    assert [one.amount for one in Entitlement.objects.filter(case=closed.case)] == [D("450.00")]
    assert not list(differences())


@pytest.mark.parametrize(
    ("before", "because"),
    [
        (lambda _inside, people: claim(people["Imke"], PUBLISHED), "unconfirmed"),
        (lambda inside, people: divide_last_year(inside, people), "closed"),
        (lambda inside, people: _propose(inside, people), "proposed"),
        (lambda inside, people: _fill_the_year_before(inside, people), "earlier"),
    ],
)
def test_it_is_not_proposed(
    inside: Organisation, filled: dict[str, Member], before: Callable[..., object], because: str
) -> None:
    before(inside, filled)
    with pytest.raises(dividing.CannotBeDividedError, match=because):
        dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(CLOSING))


def _propose(inside: Organisation, people: dict[str, Member]) -> Pot:
    return dividing.propose(organisation=inside, year=YEAR, by=people["Greet"], at=at(LATER))


def _fill_the_year_before(inside: Organisation, people: dict[str, Member]) -> None:
    publicise(people["Imke"], people["Sander"], date(YEAR - 1, 6, 1), link="https://x.example/before")
    settle(inside, date(YEAR - 1, 6, 2))


@pytest.mark.parametrize("because", ["unconfirmed", "changed"])
def test_what_became_otherwise_since_it_was_proposed_keeps_it_from_being_closed(
    inside: Organisation, filled: dict[str, Member], because: str
) -> None:
    made = _propose(inside, filled)
    if because == "unconfirmed":
        claim(filled["Imke"], PUBLISHED)
    else:
        Pot.objects.filter(pk=made.pk).update(coins=made.coins + 1)
    with pytest.raises(dividing.CannotBeDividedError, match=because):
        dividing.close(organisation=inside, pot=made, by=filled["Bart"], at=at(CLOSING))


def test_one_objects_for_as_long_as_the_organisation_says_and_is_answered_by_another(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    settings.save(organisation=inside, fields={"objection_days": 5})
    made = _propose(inside, filled)
    assert made.objections_until == LATER + timedelta(5)
    said = dividing.object_to(pot=made, text="Mine is missing.", by=filled["Bart"], at=at(LATER + timedelta(5)))
    with pytest.raises(dividing.FourEyesError):
        dividing.answer(objection=said, text="So it is.", by=filled["Bart"], at=at(LATER))
    with pytest.raises(dividing.CannotBeDividedError, match="late"):
        dividing.object_to(pot=made, text="Mine too.", by=filled["Imke"], at=at(LATER + timedelta(6)))


def test_a_year_that_runs_is_not_divided(inside: Organisation, filled: dict[str, Member]) -> None:
    with pytest.raises(dividing.CannotBeDividedError, match="running"):
        dividing.propose(organisation=inside, year=YEAR + 1, by=filled["Greet"], at=at(LATER))


def test_it_is_not_closed_by_who_proposed_it_nor_before_objections_are_over_or_answered(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    made = dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(LATER))
    objection = dividing.object_to(pot=made, text="My talk is missing.", by=filled["Imke"], at=at(LATER))
    with pytest.raises(dividing.FourEyesError):
        dividing.close(organisation=inside, pot=made, by=filled["Greet"], at=at(CLOSING))
    with pytest.raises(dividing.CannotBeDividedError, match="early"):
        dividing.close(organisation=inside, pot=made, by=filled["Bart"], at=at(LATER))
    with pytest.raises(dividing.CannotBeDividedError, match="objections"):
        dividing.close(organisation=inside, pot=made, by=filled["Bart"], at=at(CLOSING))
    dividing.answer(objection=objection, text="It was in January.", by=filled["Bart"], at=at(CLOSING))
    dividing.close(organisation=inside, pot=made, by=filled["Bart"], at=at(CLOSING))
    with pytest.raises(dividing.CannotBeDividedError, match="closed"):
        dividing.close(organisation=inside, pot=made, by=filled["Bart"], at=at(CLOSING))


def test_an_objection_is_answered_also_when_the_proposal_was_taken_back_because_of_it(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    first = dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(LATER))
    objection = dividing.object_to(pot=first, text="My talk is missing.", by=filled["Imke"], at=at(LATER))
    dividing.withdraw(pot=first)
    client.force_login(filled["Imke"].user)
    assert "My talk is missing." in client.get(f"/here/pot/{YEAR}/").text
    again = dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(LATER))
    with pytest.raises(dividing.CannotBeDividedError, match="objections"):
        dividing.close(organisation=inside, pot=again, by=filled["Bart"], at=at(CLOSING))
    dividing.answer(objection=objection, text="It counts now.", by=filled["Bart"], at=timezone.now())
    told = Message.objects.get(to=filled["Imke"].user.email, about__startswith="answered:")
    assert "It counts now." in told.text
    dividing.close(organisation=inside, pot=again, by=filled["Bart"], at=at(CLOSING))
    assert "It counts now." in client.get(f"/here/pot/{YEAR}/").text


def test_everybody_sees_the_pot_and_finance_divides_it(
    inside: Organisation, filled: dict[str, Member], client: Client
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, date(YEAR, 7, 2))
    client.force_login(filled["Imke"].user)
    page = client.get(f"/here/pot/{YEAR}/").text
    assert "EUR 450.00" in page
    assert "3 coins" in page
    head, *rows = list(csv.reader(client.get(f"/here/pot/{YEAR}/csv/").text.splitlines()))
    assert head[-1] == "Amount (EUR)"
    parts = {part: [row[1:] for row in rows if row[0] == part] for part in ("came into it", "would be divided now")}
    assert parts["would be divided now"] == [["Imke", "3", "450.00"], ["together", "3", "450.00"]]
    *came_in, together = parts["came into it"]
    assert sum(Decimal(row[-1]) for row in came_in) == Decimal(together[-1]) == Decimal("450.00")
    assert client.get("/here/pot/1990/").status_code == 404
    assert client.post(f"/here/pot/{YEAR}/propose/").status_code == 403
    client.force_login(filled["Greet"].user)
    client.post(f"/here/pot/{YEAR}/propose/")
    assert "Open to objections until" in client.get(f"/here/pot/{YEAR}/").text
    assert Payable.objects.count() == 0
    payee_of(inside, filled["Imke"])


COINS = st.dictionaries(st.integers(1, 10_000), st.integers(1, 500), max_size=60)


@given(st.decimals("0.01", 100_000, places=2), COINS)
def test_any_coins_divide_any_pot_exactly(total: Decimal, coins: dict[int, int]) -> None:
    found = pot.shares(total, coins, "EUR")
    assert sum(found.values(), D(0)) == (total if coins else 0)
    assert all(amount >= 0 for amount in found.values())


@given(st.decimals("0.01", 100_000, places=2), COINS, st.randoms())
def test_the_order_of_coins_changes_nothing(total: Decimal, coins: dict[int, int], random: object) -> None:
    shuffled = list(coins.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pot.shares(total, dict(shuffled), "EUR") == pot.shares(total, coins, "EUR")


@given(st.decimals("0.01", 100_000, places=2), COINS)
def test_who_has_as_many_coins_gets_as_much_but_for_a_cent(total: Decimal, coins: dict[int, int]) -> None:
    found = pot.shares(total, coins, "EUR")
    by_coins: dict[int, list[Decimal]] = {}
    for member, amount in found.items():
        by_coins.setdefault(coins[member], []).append(amount)
    assert all(max(amounts) - min(amounts) <= D("0.01") for amounts in by_coins.values())
