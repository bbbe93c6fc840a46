"""Documents before they have a number: who, what, how much, and what the law wants said."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.money import ZERO
from members.models import Member
from payouts import legal
from payouts.models import Charge, Document, Line, Payable
from payouts.sepa import references
from payouts.ubl.checks import CODES
from payouts.ubl.invoice import AGREED_BETWEEN_THE_PARTIES, TRANSFER, Invoice, Kind, Means, Party, Reference, Tax
from payouts.ubl.invoice import Line as UblLine
from payouts.vat import Treatment

TERM = timedelta(days=30)
ONE = Decimal(1)
SELF_BILLED = {True: Document.Kind.CREDIT_NOTE, False: Document.Kind.INVOICE}
SALES = {True: Document.Kind.SALE_CREDIT, False: Document.Kind.SALE}
"""The kind of a document, by whether it gives back."""


@dataclass(frozen=True)
class DraftLine:
    """What a line is about, a payable or a charge, or the line that it takes back."""

    description: str
    amount: Decimal
    payable: Payable | None = None
    charge: Charge | None = None
    reverses: Line | None = None
    round: int = 1


class Left(NamedTuple):
    """What is left of a document after all that followed it."""

    net: Decimal
    vat: Decimal


NOTHING = Left(ZERO, ZERO)


@dataclass(frozen=True)
class Draft:
    """Everything that a document says but its number and the day; `left` is of the document that it `credits`, `too_much` what
    was paid too much of others and counts for it."""

    kind: Document.Kind
    series: str
    treatment: Treatment
    member: Member
    supplier: Party
    customer: Party
    lines: tuple[DraftLine, ...]
    supplied_on: date
    pay_by: date
    buyer_reference: str
    answer_by: date | None = None
    credits: Document | None = None
    left: Left = NOTHING
    because: str = ""
    footer: str = ""
    iban: str = ""
    too_much: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def vat(self) -> Decimal:
        """The VAT on it, rounded so that of a document and all that follows it none is left when nothing else is."""
        return self.treatment.on(self.left.net + self.net) - self.left.vat

    @property
    def language(self) -> str:
        return self.member.user.language

    @property
    def is_sale(self) -> bool:
        return self.kind in SALES.values()


def written(draft: Draft, number: str, reference: str, today: date, words: legal.Words) -> Invoice:
    """Return a draft as the invoice that is written: amounts of a credit note are positive in it."""
    gives_back = draft.kind in (Document.Kind.CREDIT_NOTE, Document.Kind.SALE_CREDIT)
    sign = -1 if gives_back else 1
    net, vat = sign * draft.net, sign * draft.vat
    self_billed = not draft.is_sale
    reason = legal.sentence(draft.treatment.case, words, draft.language)
    tax = Tax(draft.treatment.category, draft.treatment.rate, net, vat, CODES.get(draft.treatment.category, ""), reason)
    note = legal.sentence(legal.SELF_BILLING, words, draft.language) if self_billed else ""
    return Invoice(
        kind=Kind.CREDIT_NOTE if gives_back else Kind.INVOICE,
        self_billed=self_billed,
        number=number,
        issued_on=today,
        due_on=draft.pay_by,
        supplied_on=draft.supplied_on,
        currency=_currency(draft),
        supplier=draft.supplier,
        customer=draft.customer,
        lines=tuple(UblLine(line.description, ONE, sign * line.amount, sign * line.amount) for line in draft.lines),
        taxes=(tax,),
        net=net,
        vat=vat,
        total=net + vat,
        note="\n".join(filter(None, (note, draft.because, draft.footer))),
        buyer_reference=draft.buyer_reference,
        credits=Reference(draft.credits.number, draft.credits.issued_on) if draft.credits else None,
        means=_means(draft, reference),
        prepaid=min(draft.too_much, net + vat),
    )


def _means(draft: Draft, reference: str) -> Means:
    if draft.kind == Document.Kind.SALE:
        return Means(TRANSFER, "", draft.iban, references.written(reference) if reference else "")
    with override(draft.language):
        return Means(AGREED_BETWEEN_THE_PARTIES, _("Transfer to the account that was agreed on"))


def _currency(draft: Draft) -> str:
    line = draft.lines[0]
    source = line.payable or line.charge
    assert source is not None
    return source.currency


def left_of(document: Document) -> Left:
    """Return what is left of a document."""
    sums = Document.objects.filter(credits=document).aggregate(net=Sum("net"), vat=Sum("vat"))
    return Left(document.net + (sums["net"] or ZERO), document.vat + (sums["vat"] or ZERO))


def as_stored(party: Party) -> dict[str, str]:
    """Return a party as a document keeps it."""
    return asdict(party)
