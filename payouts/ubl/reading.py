"""Reading UBL 2.1: our own documents, and invoices that members send; pure."""

from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from kernel.xml import parse
from payouts.ubl import names
from payouts.ubl.invoice import TYPE_CODES, Invoice, Kind, Line, Means, Party, Reference, Tax

SPACES = {"cac": names.CAC, "cbc": names.CBC}
KINDS = {f"{{{names.INVOICE}}}Invoice": Kind.INVOICE, f"{{{names.CREDIT_NOTE}}}CreditNote": Kind.CREDIT_NOTE}
KNOWN_CODES = {code: key for key, code in TYPE_CODES.items()}
MOST_LINES = 1000
LONGEST_TEXT = 2000
"""Letters of one text: more is nothing that somebody reads, and too much for the picture of a page."""
LARGEST = Decimal(10) ** 12


class NotUblError(ValueError):
    """A document that is no invoice of UBL 2.1 that we understand; the message names the element."""


def read(content: bytes) -> Invoice:
    """Return the invoice or credit note; RefusedXmlError for what is no harmless XML, NotUblError for anything else."""
    root = parse(content)
    kind = KINDS.get(str(root.tag))
    if kind is None:
        raise NotUblError(etree.QName(root).localname)
    is_invoice = kind is Kind.INVOICE
    code = _want(root, "cbc:InvoiceTypeCode" if is_invoice else "cbc:CreditNoteTypeCode")
    if KNOWN_CODES.get(code, (None, False))[0] is not kind:
        raise NotUblError("TypeCode")
    lines = root.findall("cac:InvoiceLine" if is_invoice else "cac:CreditNoteLine", SPACES)
    if not 0 < len(lines) <= MOST_LINES:
        raise NotUblError("Line")
    taxes = root.findall("cac:TaxTotal/cac:TaxSubtotal", SPACES)
    due = "cbc:DueDate" if is_invoice else "cac:PaymentMeans/cbc:PaymentDueDate"
    return Invoice(
        kind=kind,
        self_billed=KNOWN_CODES[code][1],
        number=_want(root, "cbc:ID"),
        issued_on=_day(_want(root, "cbc:IssueDate"), "IssueDate"),
        due_on=_day_or_none(root, due),
        supplied_on=_day_or_none(root, "cac:Delivery/cbc:ActualDeliveryDate"),
        currency=_want(root, "cbc:DocumentCurrencyCode"),
        supplier=_party(root, "cac:AccountingSupplierParty/cac:Party"),
        customer=_party(root, "cac:AccountingCustomerParty/cac:Party"),
        lines=tuple(_line(element, is_invoice) for element in lines),
        taxes=tuple(map(_tax, taxes)),
        net=_amount(root, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount"),
        vat=_amount(root, "cac:TaxTotal/cbc:TaxAmount"),
        total=_amount(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"),
        prepaid=_number(_text(root, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") or "0", "PrepaidAmount"),
        note=_text(root, "cbc:Note"),
        buyer_reference=_text(root, "cbc:BuyerReference"),
        credits=_credits(root),
        means=_means(root),
    )


def _party(root: etree._Element, path: str) -> Party:
    element = root.find(path, SPACES)
    if element is None:
        raise NotUblError("Party")
    vat = element.xpath("cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID/text()", namespaces=SPACES)
    return Party(
        name=_text(element, "cac:PartyLegalEntity/cbc:RegistrationName") or _text(element, "cac:PartyName/cbc:Name"),
        street=_text(element, "cac:PostalAddress/cbc:StreetName"),
        postal_code=_text(element, "cac:PostalAddress/cbc:PostalZone"),
        city=_text(element, "cac:PostalAddress/cbc:CityName"),
        country=_text(element, "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
        enterprise_number=_text(element, "cac:PartyLegalEntity/cbc:CompanyID"),
        vat_number=str(vat[0]).strip() if isinstance(vat, list) and vat else "",
    )


def _line(element: etree._Element, is_invoice: bool) -> Line:
    quantity = "cbc:InvoicedQuantity" if is_invoice else "cbc:CreditedQuantity"
    return Line(
        description=_text(element, "cac:Item/cbc:Name"),
        quantity=_number(_text(element, quantity) or "1", "Quantity"),
        price=_amount(element, "cac:Price/cbc:PriceAmount"),
        net=_amount(element, "cbc:LineExtensionAmount"),
    )


def _tax(element: etree._Element) -> Tax:
    rate = _text(element, "cac:TaxCategory/cbc:Percent")
    return Tax(
        category=_want(element, "cac:TaxCategory/cbc:ID"),
        rate=_number(rate, "Percent") if rate else None,
        base=_amount(element, "cbc:TaxableAmount"),
        amount=_amount(element, "cbc:TaxAmount"),
        reason_code=_text(element, "cac:TaxCategory/cbc:TaxExemptionReasonCode"),
        reason=_text(element, "cac:TaxCategory/cbc:TaxExemptionReason"),
    )


def _credits(root: etree._Element) -> Reference | None:
    path = "cac:BillingReference/cac:InvoiceDocumentReference"
    number, day = _text(root, f"{path}/cbc:ID"), _text(root, f"{path}/cbc:IssueDate")
    return Reference(number, _day(day, "IssueDate")) if number and day else None


def _means(root: etree._Element) -> Means | None:
    element = root.find("cac:PaymentMeans", SPACES)
    if element is None:
        return None
    code = element.find("cbc:PaymentMeansCode", SPACES)
    return Means(
        code=_want(element, "cbc:PaymentMeansCode"),
        name=str(code.get("name", "")) if code is not None else "",
        iban=_text(element, "cac:PayeeFinancialAccount/cbc:ID").replace(" ", ""),
        reference=_text(element, "cbc:PaymentID"),
    )


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path, SPACES)
    text = (found.text or "").strip() if found is not None else ""
    if len(text) > LONGEST_TEXT:
        raise NotUblError(path.rsplit(":", 1)[-1])
    return text


def _want(element: etree._Element, path: str) -> str:
    text = _text(element, path)
    if not text:
        raise NotUblError(path.rsplit(":", 1)[-1])
    return text


def _amount(element: etree._Element, path: str) -> Decimal:
    return _number(_want(element, path), path.rsplit(":", 1)[-1])


def _number(text: str, name: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotUblError(name) from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise NotUblError(name)
    return number


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUblError(name) from None


def _day_or_none(root: etree._Element, path: str) -> date | None:
    text = _text(root, path)
    return _day(text, path.rsplit(":", 1)[-1]) if text else None
