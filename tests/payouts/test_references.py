"""Structured references: made, recognised however they are written, and refused where a digit is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payouts.sepa import references


@given(st.integers(0, 10**10 - 1))
def test_a_belgian_reference_is_recognised_as_people_write_it(number: int) -> None:
    made = references.ogm(number)
    assert references.plain(references.written(made)) == made
    assert references.is_ogm(made)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=21))
def test_an_international_reference_is_recognised_as_people_write_it(text: str) -> None:
    made = references.rf(text)
    assert references.plain(references.written(made).lower()) == made
    assert not references.is_ogm(made)


@pytest.mark.parametrize("text", ["", "+++090/9337/55494+++", "RF19539007547034", "SB-00042-2026-0001", "an 12"])
def test_what_is_none_is_not_recognised(text: str) -> None:
    assert references.plain(text) == ""


@pytest.mark.parametrize("text", ["", "---", "A" * 22])
def test_a_reference_is_made_of_up_to_21_letters_and_digits(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        references.rf(text)
