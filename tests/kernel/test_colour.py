import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.colour import LEAST_CONTRAST, NIGHT, PAPER, contrast, readable, text_on


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@given(st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}"), st.sampled_from([PAPER, NIGHT]))
def test_any_colour_becomes_readable(colour: str, ground: str) -> None:
    assert contrast(readable(colour, ground), ground) >= LEAST_CONTRAST


@given(st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}"))
def test_text_on_any_colour_is_readable(colour: str) -> None:
    assert contrast(text_on(colour), colour) >= 4.2
