"""How what a payee supplies is taxed, case by case."""

from decimal import Decimal

import pytest

from payouts.vat import NoTreatmentError, Regime, treatment


@pytest.mark.parametrize(
    ("supplier", "customer", "taxable", "regime", "case", "vat"),
    [
        ("BE", "BE", True, "ordinary", "standard", "252.00"),
        ("NL", "NL", True, "ordinary", "standard", "252.00"),
        ("BE", "BE", True, "exempt", "exempt_be", "0.00"),
        ("NL", "NL", True, "exempt", "exempt_nl", "0.00"),
        ("FR", "BE", True, "ordinary", "reverse_charge", "0.00"),
        ("NL", "BE", True, "ordinary", "reverse_charge", "0.00"),
        ("BE", "BE", False, "ordinary", "not_taxable", "0.00"),
    ],
)
def test_the_cases_of_the_law(supplier: str, customer: str, taxable: bool, regime: str, case: str, vat: str) -> None:
    found = treatment(supplier=supplier, customer=customer, taxable=taxable, regime=Regime(regime))
    assert (found.case, found.on(Decimal(1200))) == (case, Decimal(vat))


@pytest.mark.parametrize(("supplier", "customer", "regime"), [("FR", "BE", "exempt"), ("NL", "BE", "exempt")])
def test_what_the_rules_do_not_know_is_refused(supplier: str, customer: str, regime: str) -> None:
    with pytest.raises(NoTreatmentError):
        treatment(supplier=supplier, customer=customer, taxable=True, regime=Regime(regime))


def test_vat_is_rounded_half_up_and_alike_for_credits() -> None:
    found = treatment(supplier="BE", customer="BE", taxable=True, regime=Regime.ORDINARY)
    assert (found.on(Decimal("0.50")), found.on(Decimal("-0.50"))) == (Decimal("0.11"), Decimal("-0.11"))
