"""Whether an invoice that a member sent is what is owed to them; pure. What is not, is said in codes with both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kernel.money import ZERO, rounded
from payouts.sepa import references
from payouts.ubl.invoice import Invoice, Kind, Party

LONGEST_NUMBER = 40
MOST_LINES = 200
OLDEST = timedelta(366)


@dataclass(frozen=True)
class Owed:
    """What a member may invoice: amounts without VAT, with it, between whom, and what it has to refer to.

    Amounts of a correction are negative: that is a credit note.
    """

    net: Decimal
    vat: Decimal
    currency: str
    supplier: Party
    customer: Party
    buyer_reference: str
    case_references: tuple[str, ...]
    iban: str

    @property
    def total(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True)
class Claimed:
    """What stands on an invoice, read from its UBL or entered from its PDF. Empty texts are not compared."""

    is_credit: bool
    number: str
    issued_on: date
    net: Decimal
    vat: Decimal
    total: Decimal
    currency: str
    supplier_number: str = ""
    customer_number: str = ""
    texts: tuple[str, ...] = ()
    iban: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Difference:
    """What differs, with what the invoice says and what is owed; either may be empty."""

    code: str
    said: str = ""
    owed: str = ""


def claimed(invoice: Invoice) -> Claimed:
    """Return what an invoice says, of a credit note with negative amounts."""
    sign = -1 if invoice.kind is Kind.CREDIT_NOTE else 1
    texts = (invoice.buyer_reference, invoice.note, *(line.description for line in invoice.lines))
    return Claimed(
        is_credit=invoice.kind is Kind.CREDIT_NOTE,
        number=invoice.number,
        issued_on=invoice.issued_on,
        net=sign * invoice.net,
        vat=sign * invoice.vat,
        total=sign * invoice.total,
        currency=invoice.currency,
        supplier_number=_number(invoice.supplier),
        customer_number=_number(invoice.customer),
        texts=texts,
        iban=invoice.means.iban if invoice.means else "",
        reference=references.plain(invoice.means.reference) if invoice.means else "",
    )


def differences(claimed: Claimed, owed: Owed, today: date) -> list[Difference]:
    """Return what has to be put right; nothing for an invoice that can be paid as it is."""
    return [*_amounts(claimed, owed), *_sides(claimed, owed), *_rest(claimed, owed, today)]


def faults(invoice: Invoice) -> list[Difference]:
    """Return where a UBL contradicts itself, and kinds of it that nobody may send us."""
    found = []
    if len(invoice.number) > LONGEST_NUMBER:
        found.append(Difference("number_length", str(LONGEST_NUMBER)))
    if len(invoice.lines) > MOST_LINES:
        found.append(Difference("many_lines", str(MOST_LINES)))
    if invoice.self_billed:
        found.append(Difference("self_billed"))
    if sum((line.net for line in invoice.lines), ZERO) != invoice.net:
        found.append(Difference("lines", str(sum((line.net for line in invoice.lines), ZERO)), str(invoice.net)))
    if sum((tax.amount for tax in invoice.taxes), ZERO) != invoice.vat:
        found.append(Difference("taxes"))
    if any(tax.amount != rounded(tax.base * (tax.rate or ZERO) / 100) for tax in invoice.taxes):
        found.append(Difference("taxes"))
    return list(dict.fromkeys(found))


def _amounts(claimed: Claimed, owed: Owed) -> Iterator[Difference]:
    if claimed.is_credit != (owed.net < 0):
        yield Difference("kind")
    for code, said, wanted in (
        ("net", claimed.net, owed.net),
        ("vat", claimed.vat, owed.vat),
        ("total", claimed.total, owed.total),
    ):
        if said != wanted:
            yield Difference(code, f"{said:.2f}", f"{wanted:.2f}")
    if claimed.currency != owed.currency:
        yield Difference("currency", claimed.currency, owed.currency)


def _sides(claimed: Claimed, owed: Owed) -> Iterator[Difference]:
    for code, said, party in (
        ("supplier", claimed.supplier_number, owed.supplier),
        ("customer", claimed.customer_number, owed.customer),
    ):
        if said and _plain(said) not in {_plain(party.vat_number), _plain(party.enterprise_number)} - {""}:
            yield Difference(code, said, _number(party))


def _rest(claimed: Claimed, owed: Owed, today: date) -> Iterator[Difference]:
    if claimed.issued_on > today:
        yield Difference("date", claimed.issued_on.isoformat(), today.isoformat())
    if claimed.issued_on < today - OLDEST:
        yield Difference("old", claimed.issued_on.isoformat())
    if claimed.iban and claimed.iban != owed.iban:
        yield Difference("iban")
    if claimed.texts and not _refers(claimed.texts, owed):
        yield Difference("reference", "", owed.buyer_reference)


def _refers(texts: tuple[str, ...], owed: Owed) -> bool:
    everything = " ".join(texts)
    by_case = bool(owed.case_references) and all(reference in everything for reference in owed.case_references)
    return owed.buyer_reference in texts or by_case


def _number(party: Party) -> str:
    return party.vat_number or party.enterprise_number


def _plain(number: str) -> str:
    """Return a number without its country's letters: an enterprise is the same by either number in Belgium."""
    digits = "".join(letter for letter in number.upper() if letter.isalnum())
    return digits[2:] if digits[:2] == "BE" else digits
