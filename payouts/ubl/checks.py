"""Our own rules for a document, before it gets a number: those that the official rules miss; pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import schwifty
from stdnum import exceptions
from stdnum.eu import vat as european_vat

from kernel.money import CURRENCIES, ZERO, rounded
from members.legal_ids import enterprise_number
from payouts.sepa import references
from payouts.ubl import names
from payouts.ubl.invoice import TRANSFER, Invoice, Kind, Party, Tax
from payouts.vat import STANDARD_RATE

HUNDRED = Decimal(100)
A_CENT = Decimal("0.01")
"""By how much the VAT of what follows another document may differ from that on its own base: together they are exact."""
FAR = timedelta(366)
LONGEST_TERM = timedelta(60)
"""The most that Belgium and the Netherlands allow between enterprises."""
RATES = {"S": None, "E": ZERO, "AE": ZERO, "O": None}
"""The rate of each category that we know; that of S is the country's own."""
CODES = {"AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}


def problems(invoice: Invoice, today: date) -> list[str]:
    """Return what is wrong with a document, as codes, each once; nothing for one that can be made out today."""
    found = [
        *_dates(invoice, today),
        *_parties(invoice),
        *_sums(invoice),
        *(code for tax in invoice.taxes for code in _tax(invoice, tax)),
        *_means(invoice),
        *_words(invoice),
    ]
    return list(dict.fromkeys(found))


def _dates(invoice: Invoice, today: date) -> Iterator[str]:
    if abs(invoice.issued_on - today) > timedelta(1):
        yield "issue_date"
    if invoice.due_on is None:
        yield "due_date_missing"
    elif not invoice.issued_on <= invoice.due_on <= invoice.issued_on + LONGEST_TERM:
        yield "due_date"
    if invoice.supplied_on is None or abs(invoice.supplied_on - today) > 10 * FAR or invoice.supplied_on > today + FAR:
        yield "supply_date"
    if invoice.credits and invoice.credits.issued_on > invoice.issued_on:
        yield "credited_later"
    if invoice.kind is Kind.CREDIT_NOTE and not invoice.credits:
        yield "credits_nothing"


def _parties(invoice: Invoice) -> Iterator[str]:
    for role, party in (("supplier", invoice.supplier), ("customer", invoice.customer)):
        if not all((party.name, party.street, party.postal_code, party.city, party.country)):
            yield f"{role}_address"
        if party.vat_number and not _is_vat_number(party):
            yield f"{role}_vat_number"
        if party.enterprise_number and not _is_enterprise_number(party):
            yield f"{role}_enterprise_number"
        if party.country == "BE" and party.vat_number[2:] not in ("", party.enterprise_number):
            yield f"{role}_vat_number_of_another"
        if (party.enterprise_number or party.vat_number) and not _can_be_addressed(party):
            yield f"{role}_endpoint"
    if not invoice.buyer_reference:
        yield "buyer_reference"


def _can_be_addressed(party: Party) -> bool:
    """Whether it has an electronic address, as every enterprise of Belgium and the Netherlands, and every VAT payer, has."""
    elsewhere = party.country not in names.ENTERPRISE_SCHEMES and not party.vat_number
    return elsewhere or names.endpoint(party.country, party.enterprise_number, party.vat_number) is not None


def _is_vat_number(party: Party) -> bool:
    try:
        number = european_vat.validate(party.vat_number)
    except exceptions.ValidationError:
        return False
    return str(number).startswith("EL" if party.country == "GR" else party.country)


def _is_enterprise_number(party: Party) -> bool:
    try:
        return enterprise_number(party.country, party.enterprise_number) == party.enterprise_number
    except ValueError:
        return False


def _sums(invoice: Invoice) -> Iterator[str]:
    if CURRENCIES.get(invoice.currency) != 2:
        yield "currency"
    for line in invoice.lines:
        if not line.description.strip():
            yield "line_description"
        if line.net != rounded(line.quantity * line.price) or line.price < 0:
            yield "line_amount"
    if sum((line.net for line in invoice.lines), ZERO) != invoice.net or invoice.net <= 0:
        yield "net"
    if sum((tax.base for tax in invoice.taxes), ZERO) != invoice.net or len(invoice.taxes) != 1:
        yield "tax_base"
    if sum((tax.amount for tax in invoice.taxes), ZERO) != invoice.vat:
        yield "vat"
    if invoice.net + invoice.vat != invoice.total:
        yield "total"
    if not ZERO <= invoice.prepaid <= invoice.total:
        yield "prepaid"


def _tax(invoice: Invoice, tax: Tax) -> Iterator[str]:
    if abs(tax.amount - rounded(tax.base * (tax.rate or ZERO) / HUNDRED)) > (A_CENT if invoice.credits else ZERO):
        yield "vat_amount"
    if tax.category not in RATES:
        yield "vat_category"
    elif tax.rate != (STANDARD_RATE.get(invoice.supplier.country) if tax.category == "S" else RATES[tax.category]):
        yield "vat_rate"
    if tax.reason_code != CODES.get(tax.category, ""):
        yield "exemption_code"
    if bool(tax.reason) != (tax.category != "S"):
        yield "exemption_reason"
    yield from _numbers_for(tax.category, invoice.supplier.vat_number, invoice.customer.vat_number)


def _numbers_for(category: str, seller: str, buyer: str) -> Iterator[str]:
    """Check that VAT numbers are there where a category wants them, and only there."""
    if category == "O":
        if seller or buyer:
            yield "vat_number_not_allowed"
    elif not seller:
        yield "supplier_vat_number_missing"
    if category == "AE" and not buyer:
        yield "customer_vat_number_missing"


def _means(invoice: Invoice) -> Iterator[str]:
    means = invoice.means
    if means is None:
        yield "payment_means_missing"
        return
    if means.code == TRANSFER and not schwifty.IBAN(means.iban, allow_invalid=True).is_valid:
        yield "iban"
    if means.reference and not references.plain(means.reference):
        yield "payment_reference"


def _words(invoice: Invoice) -> Iterator[str]:
    if invoice.self_billed and not invoice.note:
        yield "self_billing_wording"
