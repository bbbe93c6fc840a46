"""Writing an invoice as UBL 2.1, as Peppol BIS Billing 3.0 wants it; the same value gives the same bytes."""

from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from payouts.ubl import names
from payouts.ubl.invoice import Invoice, Kind, Line, Means, Party, Tax

UNIT = "C62"
"""One, by UN/ECE recommendation 20."""


def write(invoice: Invoice) -> bytes:
    """Return the document as UTF-8."""
    is_invoice = invoice.kind is Kind.INVOICE
    space, name = (names.INVOICE, "Invoice") if is_invoice else (names.CREDIT_NOTE, "CreditNote")
    spaces: Any = {None: space, "cac": names.CAC, "cbc": names.CBC}
    root = etree.Element(f"{{{space}}}{name}", nsmap=spaces)
    _text(root, "CustomizationID", names.CUSTOMIZATIONS[invoice.self_billed])
    _text(root, "ProfileID", names.PROFILES[invoice.self_billed])
    _text(root, "ID", invoice.number)
    _date(root, "IssueDate", invoice.issued_on)
    if is_invoice:
        _date(root, "DueDate", invoice.due_on)
    _text(root, f"{name}TypeCode", invoice.type_code)
    _text(root, "Note", invoice.note)
    _text(root, "DocumentCurrencyCode", invoice.currency)
    _text(root, "BuyerReference", invoice.buyer_reference)
    if invoice.credits:
        reference = _group(_group(root, "BillingReference"), "InvoiceDocumentReference")
        _text(reference, "ID", invoice.credits.number)
        _date(reference, "IssueDate", invoice.credits.issued_on)
    _party(_group(root, "AccountingSupplierParty"), invoice.supplier)
    _party(_group(root, "AccountingCustomerParty"), invoice.customer)
    if invoice.supplied_on:
        _date(_group(root, "Delivery"), "ActualDeliveryDate", invoice.supplied_on)
    if invoice.means:
        _means(root, invoice.means, None if is_invoice else invoice.due_on)
    _taxes(root, invoice)
    _totals(root, invoice)
    for number, line in enumerate(invoice.lines, 1):
        _line(root, name, number, line, invoice)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _party(parent: etree._Element, party: Party) -> None:
    element = _group(parent, "Party")
    endpoint = names.endpoint(party.country, party.enterprise_number, party.vat_number)
    if endpoint:
        _text(element, "EndpointID", endpoint[1], schemeID=endpoint[0])
    _text(_group(element, "PartyName"), "Name", party.name)
    address = _group(element, "PostalAddress")
    _text(address, "StreetName", party.street)
    _text(address, "CityName", party.city)
    _text(address, "PostalZone", party.postal_code)
    _text(_group(address, "Country"), "IdentificationCode", party.country)
    if party.vat_number:
        scheme = _group(element, "PartyTaxScheme")
        _text(scheme, "CompanyID", party.vat_number)
        _text(_group(scheme, "TaxScheme"), "ID", "VAT")
    legal = _group(element, "PartyLegalEntity")
    _text(legal, "RegistrationName", party.name)
    if party.enterprise_number:
        known = names.ENTERPRISE_SCHEMES.get(party.country)
        _text(legal, "CompanyID", party.enterprise_number, **({"schemeID": known} if known else {}))


def _means(root: etree._Element, means: Means, due_on: date | None) -> None:
    element = _group(root, "PaymentMeans")
    _text(element, "PaymentMeansCode", means.code, **({"name": means.name} if means.name else {}))
    _date(element, "PaymentDueDate", due_on)
    _text(element, "PaymentID", means.reference)
    if means.iban:
        _text(_group(element, "PayeeFinancialAccount"), "ID", means.iban)


def _taxes(root: etree._Element, invoice: Invoice) -> None:
    total = _group(root, "TaxTotal")
    _amount(total, "TaxAmount", invoice.vat, invoice.currency)
    for tax in invoice.taxes:
        part = _group(total, "TaxSubtotal")
        _amount(part, "TaxableAmount", tax.base, invoice.currency)
        _amount(part, "TaxAmount", tax.amount, invoice.currency)
        category = _category(part, "TaxCategory", tax)
        _text(category, "TaxExemptionReasonCode", tax.reason_code)
        _text(category, "TaxExemptionReason", tax.reason)
        _text(_group(category, "TaxScheme"), "ID", "VAT")


def _totals(root: etree._Element, invoice: Invoice) -> None:
    totals = _group(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", invoice.net, invoice.currency)
    _amount(totals, "TaxExclusiveAmount", invoice.net, invoice.currency)
    _amount(totals, "TaxInclusiveAmount", invoice.total, invoice.currency)
    if invoice.prepaid:
        _amount(totals, "PrepaidAmount", invoice.prepaid, invoice.currency)
    _amount(totals, "PayableAmount", invoice.to_pay, invoice.currency)


def _line(root: etree._Element, name: str, number: int, line: Line, invoice: Invoice) -> None:
    element = _group(root, f"{name}Line")
    _text(element, "ID", str(number))
    quantity = "InvoicedQuantity" if invoice.kind is Kind.INVOICE else "CreditedQuantity"
    _text(element, quantity, f"{line.quantity.normalize():f}", unitCode=UNIT)
    _amount(element, "LineExtensionAmount", line.net, invoice.currency)
    item = _group(element, "Item")
    _text(item, "Name", line.description)
    category = _category(item, "ClassifiedTaxCategory", invoice.taxes[0])
    _text(_group(category, "TaxScheme"), "ID", "VAT")
    _amount(_group(element, "Price"), "PriceAmount", line.price, invoice.currency)


def _category(parent: etree._Element, name: str, tax: Tax) -> etree._Element:
    category = _group(parent, name)
    _text(category, "ID", tax.category)
    if tax.rate is not None:
        _text(category, "Percent", f"{tax.rate:.2f}")
    return category


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{names.CAC}}}{name}")


def _text(parent: etree._Element, name: str, text: str, /, **attributes: str) -> None:
    """Add an element with a text; nothing for an empty one, which the rules forbid."""
    if text:
        element = etree.SubElement(parent, f"{{{names.CBC}}}{name}", attrib=attributes)
        element.text = text


def _date(parent: etree._Element, name: str, day: date | None) -> None:
    _text(parent, name, day.isoformat() if day else "")


def _amount(parent: etree._Element, name: str, amount: Decimal, currency: str) -> None:
    _text(parent, name, f"{amount:.2f}", currencyID=currency)
