"""What the official rules let pass, and ours do not: each mistake with its code."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from payouts.ubl.checks import problems
from payouts.ubl.invoice import TRANSFER, Invoice, Kind, Means, Tax
from payouts.vat import VatCase
from tests.payouts.ubl.papers import TODAY, paper

D = Decimal


def changed(invoice: Invoice, **changes: Any) -> Invoice:
    """Return a document with changes, `supplier__name` those of a part."""
    for name, value in changes.items():
        part, _, inner = name.partition("__")
        invoice = replace(invoice, **{part: replace(getattr(invoice, part), **{inner: value}) if inner else value})
    return invoice


def taxed(invoice: Invoice, **changes: Any) -> tuple[Tax, ...]:
    return (replace(invoice.taxes[0], **changes),)


STANDARD = paper(VatCase.STANDARD)
REVERSE = paper(VatCase.REVERSE_CHARGE)
SALE = paper(VatCase.STANDARD, self_billed=False)


@pytest.mark.parametrize(
    ("invoice", "code"),
    [
        (changed(STANDARD, vat=D("252.03"), total=D("1452.13"), taxes=taxed(STANDARD, amount=D("252.03"))), "vat_amount"),
        (changed(STANDARD, taxes=taxed(STANDARD, rate=D(20), amount=D("240.02")), vat=D("240.02"), total=D("1440.12")), "vat_rate"),
        (changed(STANDARD, lines=(replace(STANDARD.lines[0], net=D("1200.02")), STANDARD.lines[1])), "line_amount"),
        (changed(STANDARD, net=D("1200.00")), "net"),
        (changed(STANDARD, total=D("1452.13")), "total"),
        (changed(SALE, prepaid=D("1452.13")), "prepaid"),
        (changed(SALE, prepaid=D("-0.01")), "prepaid"),
        (changed(STANDARD, due_on=None), "due_date_missing"),
        (changed(STANDARD, due_on=date(2026, 11, 1)), "due_date"),
        (changed(STANDARD, issued_on=date(2099, 1, 1)), "issue_date"),
        (changed(STANDARD, supplied_on=date(2099, 1, 1)), "supply_date"),
        (changed(STANDARD, means=None), "payment_means_missing"),
        (changed(SALE, means=Means(TRANSFER, "", "BE68539007547035")), "iban"),
        (changed(SALE, means=Means(TRANSFER, "", "BE68539007547034", "+++260/0000/00195+++")), "payment_reference"),
        (changed(STANDARD, note=""), "self_billing_wording"),
        (changed(STANDARD, supplier__vat_number="BE0403019262"), "supplier_vat_number"),
        (changed(STANDARD, supplier__enterprise_number="0403019262"), "supplier_enterprise_number"),
        (changed(STANDARD, customer__vat_number="NL004495445B01"), "customer_vat_number"),
        (changed(STANDARD, supplier__vat_number=""), "supplier_vat_number_missing"),
        (changed(REVERSE, customer__vat_number=""), "customer_vat_number_missing"),
        (changed(REVERSE, taxes=taxed(REVERSE, reason_code="")), "exemption_code"),
        (changed(REVERSE, taxes=taxed(REVERSE, reason="")), "exemption_reason"),
        (changed(paper(VatCase.NOT_TAXABLE), supplier__vat_number="BE0403019261"), "vat_number_not_allowed"),
        (changed(STANDARD, supplier__street=""), "supplier_address"),
        (changed(STANDARD, buyer_reference=""), "buyer_reference"),
        (changed(STANDARD, currency="JPY"), "currency"),
        (changed(STANDARD, taxes=taxed(STANDARD, category="Z", rate=D(0))), "vat_category"),
        (changed(paper(VatCase.STANDARD, Kind.CREDIT_NOTE), credits=None), "credits_nothing"),
        (changed(STANDARD, lines=(replace(STANDARD.lines[0], description=" "), STANDARD.lines[1])), "line_description"),
    ],
)  # fmt: skip
def test_a_mistake_is_found(invoice: Invoice, code: str) -> None:
    assert code in problems(invoice, TODAY)


@pytest.mark.parametrize("case", list(VatCase))
def test_what_is_right_is_let_pass(case: VatCase) -> None:
    assert problems(paper(case), TODAY) == []
