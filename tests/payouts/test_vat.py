"""How what a payee supplies is taxed, case by case; and what an organisation sells."""

from decimal import Decimal

import pytest

from payouts.vat import NoTreatmentError, Regime, sale, treatment


@pytest.mark.parametrize(
    ("supplier", "customer", "regime", "case", "vat"),
    [
        ("BE", "BE", "ordinary", "standard", "252.00"),
        ("NL", "NL", "ordinary", "standard", "252.00"),
        ("BE", "BE", "small_business", "exempt_be", "0.00"),
        ("NL", "NL", "kor", "exempt_nl", "0.00"),
        ("FR", "BE", "ordinary", "reverse_charge", "0.00"),
        ("NL", "BE", "ordinary", "reverse_charge", "0.00"),
        ("NL", "BE", "kor", "reverse_charge", "0.00"),
        ("BE", "NL", "small_business", "reverse_charge", "0.00"),
        ("BE", "BE", "not_taxable", "not_taxable", "0.00"),
        ("US", "BE", "not_taxable", "not_taxable", "0.00"),
    ],
)
def test_the_cases_of_the_law(supplier: str, customer: str, regime: str, case: str, vat: str) -> None:
    found = treatment(supplier=supplier, customer=customer, regime=Regime(regime))
    assert (found.case, found.on(Decimal(1200))) == (case, Decimal(vat))


@pytest.mark.parametrize(
    ("supplier", "customer", "regime"),
    [("BE", "BE", "kor"), ("NL", "NL", "small_business"), ("US", "BE", "ordinary"), ("DE", "DE", "ordinary")],
)
def test_what_the_rules_do_not_know_is_refused(supplier: str, customer: str, regime: str) -> None:
    with pytest.raises(NoTreatmentError):
        treatment(supplier=supplier, customer=customer, regime=Regime(regime))


@pytest.mark.parametrize(("taxable", "case"), [(True, "reverse_charge"), (False, "standard")])
def test_who_is_no_business_is_charged_the_vat_of_the_seller(taxable: bool, case: str) -> None:
    assert sale(supplier="NL", customer="BE", taxable=taxable, regime=Regime.ORDINARY).case == case


def test_vat_is_rounded_half_up_and_alike_for_credits() -> None:
    found = treatment(supplier="BE", customer="BE", regime=Regime.ORDINARY)
    assert (found.on(Decimal("0.50")), found.on(Decimal("-0.50"))) == (Decimal("0.11"), Decimal("-0.11"))
