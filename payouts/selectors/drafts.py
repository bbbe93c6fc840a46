"""Documents before they have a number: who, what, how much, and what the law wants said."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.money import ZERO
from members.models import Member, Organisation
from payouts import legal
from payouts.models import Charge, Document, Line, Payable, Payee, PayoutSettings
from payouts.selectors import agreements, payees
from payouts.sepa import references
from payouts.ubl.checks import CODES
from payouts.ubl.invoice import AGREED_BETWEEN_THE_PARTIES, TRANSFER, Invoice, Kind, Means, Party, Reference, Tax
from payouts.ubl.invoice import Line as UblLine
from payouts.vat import Regime, Treatment, VatCase, sale

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


@dataclass(frozen=True)
class Draft:
    """Everything that a document says but its number and the day."""

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
    because: str = ""
    footer: str = ""
    iban: str = ""

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def language(self) -> str:
        return self.member.user.language

    @property
    def is_sale(self) -> bool:
        return self.kind in SALES.values()


def self_billed(
    organisation: Organisation, payee: Payee, found: Sequence[Payable], settings: PayoutSettings, today: date
) -> list[Draft]:
    """Return the documents for a payee's amounts: one, or one for each VAT position and currency under which they fell due."""
    parts: dict[tuple[Treatment, str], list[Payable]] = {}
    for one in found:
        treatment = payees.treatment_of(payee, organisation, one.entitlement.due_on or today)
        parts.setdefault((treatment, one.currency), []).append(one)
    agreement = agreements.agreement_of(payee)
    answer_by = today + timedelta(agreement.days_to_contest) if agreement and payee.is_invoiced_for else None
    return [
        Draft(
            kind=Document.Kind.STATEMENT if payee.kind == Payee.Kind.PERSON else Document.Kind.INVOICE,
            series=_series(payee, payee.kind == Payee.Kind.PERSON, today),
            treatment=treatment,
            member=payee.member,
            supplier=_party_of(payee, treatment, min(one.entitlement.due_on or today for one in part)),
            customer=_party_of_organisation(organisation, treatment),
            lines=tuple(_line_of(one) for one in part),
            supplied_on=max(one.entitlement.due_on or today for one in part),
            pay_by=min(_promised(one, today) for one in part),
            buyer_reference=f"{payee.number:05d}",
            answer_by=answer_by,
            footer=_footer(organisation, payee.member),
        )
        for (treatment, _currency), part in parts.items()
    ]


def correction(organisation: Organisation, payee: Payee, one: Payable, corrected: Document, today: date) -> Draft:
    """Return the document of a difference. It follows what it corrects, whatever the payee is by now."""
    draft = _like(corrected, organisation, payee.member, today, gives_back=one.amount < 0)
    return replace(draft, lines=(_line_of(one),), series=_series(payee, not corrected.is_self_billed, today))


def taking_back(organisation: Organisation, document: Document, because: str, today: date) -> Draft:
    """Return the credit note of a whole document."""
    standing = document.lines.filter(reverses=None, reversals=None).select_related("payable", "charge").order_by("pk")
    lines = tuple(
        DraftLine(line.description, -line.amount, line.payable, line.charge, reverses=line, round=line.round)
        for line in standing
    )
    draft = _like(document, organisation, document.member, today, gives_back=True)
    series = document.series.name.rsplit("-", 1)[0]
    return replace(draft, lines=lines, because=because, series=f"{series}-{today.year}")


def sold(
    organisation: Organisation, payee: Payee, found: Sequence[Charge], settings: PayoutSettings, today: date
) -> Draft:
    """Return the sales invoice of what a member was charged."""
    vat = payee.vat_on(today) if payee.kind == Payee.Kind.ENTERPRISE else None
    taxable = vat is not None and vat.regime != Regime.NOT_TAXABLE
    treatment = sale(
        supplier=organisation.country, customer=payee.country, taxable=taxable, regime=Regime(settings.vat_regime)
    )
    return Draft(
        kind=Document.Kind.SALE,
        series=f"F-{today.year}",
        treatment=treatment,
        member=payee.member,
        supplier=_party_of_organisation(organisation, treatment),
        customer=_party_of(payee, treatment, today),
        lines=tuple(
            DraftLine(one.description, one.amount, charge=one, round=_round(one.lines.count())) for one in found
        ),
        supplied_on=max(one.supplied_on for one in found),
        pay_by=today + timedelta(settings.sales_term),
        buyer_reference=f"{payee.number:05d}",
        footer=_footer(organisation, payee.member),
        iban=settings.iban,
    )


def written(draft: Draft, number: str, reference: str, today: date, words: legal.Words) -> Invoice:
    """Return a draft as the invoice that is written: amounts of a credit note are positive in it."""
    gives_back = draft.kind in (Document.Kind.CREDIT_NOTE, Document.Kind.SALE_CREDIT)
    sign = -1 if gives_back else 1
    net, vat = sign * draft.net, sign * draft.treatment.on(draft.net)
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
    )


def _means(draft: Draft, reference: str) -> Means:
    if draft.kind == Document.Kind.SALE:
        return Means(TRANSFER, "", draft.iban, references.written(reference) if reference else "")
    with override(draft.language):
        return Means(AGREED_BETWEEN_THE_PARTIES, _("Transfer to the account that was agreed on"))


def _like(document: Document, organisation: Organisation, member: Member, today: date, gives_back: bool) -> Draft:
    """Return a document that follows another, without lines: its parties, its VAT, its day of supply."""
    kinds = SALES if document.is_sale else SELF_BILLED
    contested = document.answer_by is not None and document.is_self_billed
    days = (document.answer_by - document.issued_on) if contested and document.answer_by else None
    return Draft(
        kind=kinds[gives_back] if document.kind != Document.Kind.STATEMENT else Document.Kind.STATEMENT,
        series="",
        treatment=Treatment(VatCase(document.vat_case), document.vat_category, document.vat_rate),
        member=member,
        supplier=Party(**document.supplier),
        customer=Party(**document.customer),
        lines=(),
        supplied_on=document.supplied_on,
        pay_by=today + TERM,
        buyer_reference=document.buyer_reference,
        answer_by=today + days if days else None,
        credits=document,
        footer=_footer(organisation, member),
    )


def _series(payee: Payee, is_statement: bool, today: date) -> str:
    return f"{'PS' if is_statement else 'SB'}-{payee.number:05d}-{today.year}"


def _line_of(payable: Payable) -> DraftLine:
    with override(payable.member.user.language):
        params = {
            "programme": payable.entitlement.version.programme.name,
            "reference": payable.entitlement.case.reference,
        }
        said = _("%(programme)s, case %(reference)s: correction") if payable.adjustment_id else None
        description = (said or _("%(programme)s, case %(reference)s")) % params
    return DraftLine(description, payable.amount, payable=payable, round=_round(payable.lines.count()))


def _round(lines: int) -> int:
    """Return how often a thing stands on a document now: each line before was taken back by another."""
    return lines // 2 + 1


def _promised(payable: Payable, today: date) -> date:
    """Return when an amount is paid at the latest: as promised, and where that is over, at once."""
    promised = payable.entitlement.pay_by
    return max(promised, today) if promised else today + TERM


def _currency(draft: Draft) -> str:
    line = draft.lines[0]
    source = line.payable or line.charge
    assert source is not None
    return source.currency


def _footer(organisation: Organisation, member: Member) -> str:
    return str(organisation.invoice_texts.get(member.user.language, ""))


def _party_of(payee: Payee, treatment: Treatment, on: date) -> Party:
    is_enterprise = payee.kind == Payee.Kind.ENTERPRISE
    position = payee.vat_on(on) if is_enterprise and treatment.case is not VatCase.NOT_TAXABLE else None
    return Party(
        name=payee.name,
        street=payee.street,
        postal_code=payee.postal_code,
        city=payee.city,
        country=payee.country,
        enterprise_number=payee.enterprise_number if is_enterprise else "",
        vat_number=position.vat_number if position else "",
    )


def _party_of_organisation(organisation: Organisation, treatment: Treatment) -> Party:
    return Party(
        name=organisation.legal_name,
        street=organisation.street,
        postal_code=organisation.postal_code,
        city=organisation.city,
        country=organisation.country,
        enterprise_number=organisation.enterprise_number,
        vat_number="" if treatment.case is VatCase.NOT_TAXABLE else organisation.vat_number,
    )


def as_stored(party: Party) -> dict[str, str]:
    """Return a party as a document keeps it."""
    return asdict(party)
