"""Amounts as people type them: what can be meant in one way is taken, what can be meant in two is asked again."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from kernel.forms import AmountField


class _Form(forms.Form):
    amount = AmountField(label="Amount", max_digits=10, decimal_places=2, min_value=0)


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1200", "1200"),
        ("1200.5", "1200.5"),
        ("1200,50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1 200,50", "1200.50"),
        ("EUR 1200,50", "1200.50"),
        ("€ 12", "12"),
        ("12 eur", "12"),
        ("0", "0"),
    ],
)
def test_an_amount_is_the_same_in_every_language_and_notation(language: str, typed: str, meant: str) -> None:
    with translation.override(language):
        form = _Form({"amount": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["amount"] == Decimal(meant)


@pytest.mark.parametrize("typed", ["1.200", "1,200", "twelve", "12,345.6,7", "NaN", "1e3"])
def test_what_is_no_amount_or_could_be_two_is_asked_again_and_kept(typed: str) -> None:
    form = _Form({"amount": typed})
    assert form.errors["amount"] == [f"Which amount is “{typed}”? Write it as 1200.50 or 1200,50."]
    assert f'value="{typed}"' in str(form)


@pytest.mark.parametrize("typed", ["-1", "12,345"[:4] + "55", "123456789,00"])
def test_its_bounds_hold(typed: str) -> None:
    assert not _Form({"amount": typed}).is_valid()
