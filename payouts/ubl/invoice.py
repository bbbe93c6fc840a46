"""An invoice or credit note as a value: what is written as UBL 2.1, read from it, checked, and shown as a page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kernel.money import ZERO


class Kind(StrEnum):
    """The two documents of UBL that we write; amounts of a credit note are positive in it."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


TYPE_CODES = {
    (Kind.INVOICE, False): "380",
    (Kind.CREDIT_NOTE, False): "381",
    (Kind.INVOICE, True): "389",
    (Kind.CREDIT_NOTE, True): "261",
}
"""UNCL 1001 by kind, and by whether the customer makes it out."""


@dataclass(frozen=True)
class Party:
    """A supplier or customer. Numbers are kept plain: BE0403019261, 0403019261."""

    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    enterprise_number: str = ""
    vat_number: str = ""


@dataclass(frozen=True)
class Line:
    """What was supplied: `net` is quantity × price, rounded to cents."""

    description: str
    quantity: Decimal
    price: Decimal
    net: Decimal


@dataclass(frozen=True)
class Tax:
    """The VAT on everything of one category and rate; `rate` in per cent, None outside of the scope of VAT."""

    category: str
    rate: Decimal | None
    base: Decimal
    amount: Decimal
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Means:
    """How it is paid: a code of UNCL 4461, and for a transfer the account and its structured reference."""

    code: str
    name: str = ""
    iban: str = ""
    reference: str = ""


AGREED_BETWEEN_THE_PARTIES = "ZZZ"
TRANSFER = "30"


@dataclass(frozen=True)
class Reference:
    """The invoice that a credit note is about."""

    number: str
    issued_on: date


@dataclass(frozen=True)
class Invoice:
    """A document with its parties, lines, taxes and totals. `note` says what the law wants said; `prepaid` is how much of the
    total was paid before it was made out."""

    kind: Kind
    self_billed: bool
    number: str
    issued_on: date
    due_on: date | None
    supplied_on: date | None
    currency: str
    supplier: Party
    customer: Party
    lines: tuple[Line, ...]
    taxes: tuple[Tax, ...]
    net: Decimal
    vat: Decimal
    total: Decimal
    note: str = ""
    buyer_reference: str = ""
    credits: Reference | None = None
    means: Means | None = None
    prepaid: Decimal = ZERO

    @property
    def to_pay(self) -> Decimal:
        """What was left to be paid on the day on which it was made out."""
        return self.total - self.prepaid

    @property
    def type_code(self) -> str:
        """The code of the document's kind, by UNCL 1001."""
        return TYPE_CODES[self.kind, self.self_billed]
