from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import apportion, fits, rounded

TOTALS = st.decimals(min_value="-99999", max_value="99999", places=2)
SHARES = st.lists(st.integers(min_value=0, max_value=1000).map(Decimal), min_size=1, max_size=8).filter(any)


@given(TOTALS, SHARES)
def test_parts_add_up_to_the_whole(total: Decimal, shares: list[Decimal]) -> None:
    assert sum(apportion(total, shares)) == total


@given(TOTALS, SHARES)
def test_no_part_is_a_cent_or_more_from_its_exact_share(total: Decimal, shares: list[Decimal]) -> None:
    exact = [total * share / sum(shares) for share in shares]
    assert all(
        abs(part - wanted) < Decimal("0.01") for part, wanted in zip(apportion(total, shares), exact, strict=True)
    )


def test_the_odd_cent_goes_to_the_first_of_equals() -> None:
    assert apportion(Decimal("0.05"), [Decimal(1), Decimal(1), Decimal(1)]) == [
        Decimal("0.02"),
        Decimal("0.02"),
        Decimal("0.01"),
    ]


@pytest.mark.parametrize("shares", [[Decimal(0), Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_shares_that_make_no_sense_are_refused(shares: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="shares"):
        apportion(Decimal(1), shares)


@pytest.mark.parametrize(
    ("amount", "cents"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1.004", "1.00")]
)
def test_halves_are_rounded_up(amount: str, cents: str) -> None:
    assert str(rounded(Decimal(amount))) == cents


@pytest.mark.parametrize(
    ("amount", "places", "fit"), [("1.50", 2, True), ("1.505", 2, False), ("NaN", 2, False), ("1.5", 0, False)]
)
def test_an_amount_fits_its_currency(amount: str, places: int, fit: bool) -> None:
    assert fits(Decimal(amount), places) is fit
