"""Which year's pot an amount counts for: the year in which it was paid, as long as that is open, however late it is learned."""

from datetime import date
from decimal import Decimal

import pytest

from members.models import Member, Organisation
from payouts.models import Document, Entry, Movement
from payouts.selectors import pot
from payouts.selectors.auditing.everything import differences
from payouts.services import closing, dividing, statements
from payouts.services.looking import look_again
from referrals.models import Case
from tests import bank
from tests.payouts.pots.conftest import LATER, TALKED, YEAR
from tests.stories import at
from tests.stories_of_network import earn, pay, settle, share, talk_in_vain, win

D = Decimal


def test_what_falls_in_a_year_whose_books_are_closed_counts_for_its_pot_still(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    for month in range(5, 13):
        closing.close(organisation=inside, month=date(YEAR, month, 1), by=filled["Greet"], at=at(LATER))
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    settle(inside, LATER)
    assert pot.coins(YEAR) == {filled["Imke"].pk: 3}
    assert pot.coins(YEAR + 1) == {}
    assert set(Entry.objects.filter(what="earned").values_list("on", flat=True)) == {date(YEAR + 1, 1, 1)}


def test_what_was_set_aside_in_two_years_is_taken_back_of_both_the_last_one_first(
    inside: Organisation, people: dict[str, Member]
) -> None:
    (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1))
    earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
    settle(inside, date(YEAR, 5, 2))
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, "1089.00", people["Greet"], on=date(YEAR, 5, 20))
    pay(inside, sale, "1089.00", people["Greet"], on=LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("225.00"), D("225.00")]
    earn(placement, date(YEAR, 4, 1), "4000.00", on=LATER)
    settle(inside, LATER)
    settle(inside, LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("150.00"), D("0.00")]
    assert not list(differences())


@pytest.mark.parametrize("first_told", [0, 1])
def test_what_was_paid_before_and_after_new_year_counts_for_each_however_late_it_is_learned(
    inside: Organisation, people: dict[str, Member], first_told: int
) -> None:
    (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1))
    earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
    settle(inside, date(YEAR, 5, 2))
    sale = Document.objects.get(kind="sale")
    days = [date(YEAR, 12, 29), date(YEAR + 1, 1, 4)]
    came = [bank.Entry(D("1089.00"), reference=sale.reference, bank_reference=str(on), on=on) for on in days]
    for entries in [came] if first_told == 0 else [came[1:], came[:1]]:
        statements.import_file(organisation=inside, content=bank.camt_of(entries), by=people["Greet"], at=at(LATER))
        settle(inside, LATER)
    settle(inside, LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("225.00"), D("225.00")]
    assert not list(differences())


def test_what_was_given_back_after_new_year_is_booked_once(inside: Organisation, people: dict[str, Member]) -> None:
    (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1))
    earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
    settle(inside, date(YEAR, 5, 2))
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, "2178.00", people["Greet"], on=date(YEAR, 12, 20))
    went = bank.Entry(D("-1089.00"), bank_reference="back", on=date(YEAR + 1, 1, 10))
    statements.import_file(organisation=inside, content=bank.camt_of([went]), by=people["Greet"], at=at(LATER))
    movement = Movement.objects.get(state="open")
    statements.match_sales(movement=movement, documents=[sale.pk], by=people["Greet"], at=at(LATER), keeps_rest=True)
    settle(inside, LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("225.00"), D("0.00")]
    booked = Entry.objects.count()
    look_again(Case.objects.all(), inside.pk, LATER)
    settle(inside, LATER)
    assert Entry.objects.count() == booked
    pay(inside, sale, "1089.00", people["Greet"], on=LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("225.00"), D("225.00")]
    assert not list(differences())


def test_what_comes_in_while_a_pot_is_proposed_stays_in_the_next_year(
    inside: Organisation, filled: dict[str, Member]
) -> None:
    talk_in_vain(filled["Imke"], filled["Bas"], TALKED)
    (placement,) = win(share(filled["Femke"], date(YEAR, 3, 1)), filled["Bas"], on=date(YEAR, 4, 1))
    earn(placement, date(YEAR, 5, 1), "12000.00", on=date(YEAR, 6, 2))
    settle(inside, LATER)
    sale = Document.objects.filter(kind="sale").latest("pk")
    made = dividing.propose(organisation=inside, year=YEAR, by=filled["Greet"], at=at(LATER))
    days = [date(YEAR, 12, 29), date(YEAR + 1, 1, 4)]
    came = [bank.Entry(D("1089.00"), reference=sale.reference, bank_reference=str(on), on=on) for on in days]
    statements.import_file(organisation=inside, content=bank.camt_of(came), by=filled["Greet"], at=at(LATER))
    settle(inside, LATER)
    dividing.withdraw(pot=made)
    look_again(Case.objects.all(), inside.pk, LATER)
    settle(inside, LATER)
    assert [pot.content(YEAR), pot.content(YEAR + 1)] == [D("450.00"), D("450.00")]
    assert not list(differences())
