"""A movement of the bank shared out among invoices: nothing is lost, nothing invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payouts.sepa.sharing import DoesNotFitError, shared_out

CENTS = st.integers(-10_000, 10_000).filter(bool).map(lambda cents: Decimal(cents) / 100)
D = Decimal


@pytest.mark.parametrize(
    ("amount", "left", "keeps_rest", "shares"),
    [
        (50, [50], False, [50]),
        (80, [50, 50], False, [50, 30]),
        (120, [50, 50], True, [50, 70]),
        (30, [-20, 50], False, [-20, 50]),
        (-20, [-20], False, [-20]),
        (-5, [-20], False, [-5]),
        (-30, [-20, -15], False, [-20, -10]),
        (-10, [-30, 20], False, [-30, 20]),
        (29, [0], True, [29]),
        (29, [-71], True, [29]),
    ],
)
def test_the_oldest_come_first_and_what_was_too_much_counts(
    amount: int, left: list[int], keeps_rest: bool, shares: list[int]
) -> None:
    assert shared_out(D(amount), [D(one) for one in left], keeps_rest=keeps_rest) == shares


@pytest.mark.parametrize(
    ("amount", "left"), [(100, [50]), (100, []), (-10, []), (-30, [-20]), (-10, [50]), (10, [-20])]
)
def test_what_does_not_fit_is_not_shared_out(amount: int, left: list[int]) -> None:
    with pytest.raises(DoesNotFitError):
        shared_out(D(amount), [D(one) for one in left])


@given(CENTS, st.lists(CENTS, max_size=6), st.booleans())
def test_shares_sum_to_the_movement_and_exceed_nothing(amount: Decimal, left: list[Decimal], keeps_rest: bool) -> None:
    try:
        shares = shared_out(amount, left, keeps_rest=keeps_rest)
    except DoesNotFitError:
        return
    assert sum(shares) == amount
    if not keeps_rest:
        assert all(abs(share) <= abs(one) and share * one >= 0 for share, one in zip(shares, left, strict=True))
