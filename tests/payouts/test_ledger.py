from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payouts.ledger import NothingToPostError, owed, paid, reversal
from payouts.states import TRANSITIONS, PayableState, before

AMOUNTS = st.decimals("0.01", "99999", places=2)


@pytest.mark.parametrize("entry", [owed, paid])
@given(AMOUNTS)
def test_every_entry_and_its_reversal_sum_to_zero(entry, amount: Decimal) -> None:  # type: ignore[no-untyped-def]
    legs = entry(amount)
    assert sum(leg.amount for leg in legs) == sum(leg.amount for leg in legs + reversal(legs)) == 0


def test_an_entry_of_nothing_is_refused() -> None:
    with pytest.raises(NothingToPostError):
        owed(Decimal(0))


def test_what_is_paid_stays_paid() -> None:
    assert TRANSITIONS[PayableState.PAID] == frozenset()
    assert before(PayableState.PAID) == [PayableState.APPROVED]
