from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payouts.ledger import NothingToPostError, invoiced, owed, paid, returned, sold
from payouts.states import TRANSITIONS, PayableState, before

AMOUNTS = st.decimals("0.01", "99999", places=2)


@pytest.mark.parametrize("entry", [owed, invoiced, paid, returned])
@given(AMOUNTS)
def test_every_entry_sums_to_zero(entry, amount: Decimal) -> None:  # type: ignore[no-untyped-def]
    assert sum(leg.amount for leg in entry(amount)) == 0


@given(AMOUNTS, st.decimals(0, 9999, places=2))
def test_a_sale_sums_to_zero_with_its_vat_and_without(net: Decimal, vat: Decimal) -> None:
    assert sum(leg.amount for leg in sold(net, vat)) == 0
    assert all(leg.amount for leg in sold(net, vat))


@given(AMOUNTS)
def test_what_comes_back_is_owed_again(amount: Decimal) -> None:
    sums: dict[str, Decimal] = {}
    for leg in paid(amount) + returned(amount):
        sums[leg.account] = sums.get(leg.account, Decimal(0)) + leg.amount
    assert set(sums.values()) == {Decimal(0)}


def test_an_entry_of_nothing_is_refused() -> None:
    with pytest.raises(NothingToPostError):
        owed(Decimal(0))


def test_what_is_paid_stays_paid_unless_the_bank_returns_it() -> None:
    assert TRANSITIONS[PayableState.PAID] == {PayableState.APPROVED}
    assert before(PayableState.PAID) == [PayableState.APPROVED]
