"""Writing documents: checked, numbered, and stored with their UBL and lines, and booked; several all or none."""

import hashlib
import logging
from datetime import date, datetime

from django.utils import timezone

from kernel import work
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Charge, Document, Line, Payable, Ubl
from payouts.selectors import drafts, payees
from payouts.selectors.books import reverse_charged
from payouts.selectors.drafts import Draft
from payouts.selectors.settings import payout_settings
from payouts.sepa import references
from payouts.services import journal, numbering, transmitting
from payouts.ubl import checks, writing
from payouts.vat import Regime, VatCase

log = logging.getLogger(__name__)

ISSUE = "issue"
RENDER = "render"
"""The kinds of work of documents that are to be made out, and to be drawn."""


def write_all(found: list[Draft], sources: list[Payable] | list[Charge], at: datetime) -> int:
    """Write documents, all or none: one with a problem is not, and those whom it concerns are told which it is."""
    today = timezone.localdate(at)
    words = payout_settings().words
    invoices = [
        drafts.written(draft, "1", "", today, words) for draft in found if draft.kind != Document.Kind.STATEMENT
    ]
    problems = sorted({problem for invoice in invoices for problem in checks.problems(invoice, today)})
    for source in sources:
        if source.problems != " ".join(problems):
            type(source).objects.filter(pk=source.pk).update(problems=" ".join(problems))
    if problems:
        log.error("a document cannot be made out: %s", ", ".join(problems))
        return 0
    for draft in found:
        _write(draft, today, at)
    return len(found)


def _write(draft: Draft, today: date, at: datetime) -> None:
    """Draw the number and write the document, its UBL and lines, and book its VAT or what it charges."""
    series, sequence = numbering.draw(draft.series)
    number = f"{series.name}-{sequence:04d}"
    reference = _reference(draft, number, sequence, today)
    invoice = drafts.written(draft, number, reference, today, payout_settings().words)
    document = Document.objects.create(
        kind=draft.kind,
        series=series,
        sequence=sequence,
        number=number,
        member=draft.member,
        credits=draft.credits,
        because=draft.because,
        issued_on=today,
        supplied_on=draft.supplied_on,
        pay_by=draft.pay_by,
        answer_by=draft.answer_by,
        currency=invoice.currency,
        net=draft.net,
        vat_case=draft.treatment.case,
        vat_category=draft.treatment.category,
        vat_rate=draft.treatment.rate,
        vat=draft.vat,
        total=draft.net + draft.vat,
        supplier=drafts.as_stored(draft.supplier),
        customer=drafts.as_stored(draft.customer),
        reference=reference,
        buyer_reference=draft.buyer_reference,
        language=draft.language,
        issued_at=at,
        next_try_at=at,
    )
    if draft.kind != Document.Kind.STATEMENT:
        content = writing.write(invoice)
        Ubl.objects.create(document=document, content=content, sha256=hashlib.sha256(content).hexdigest())
        transmitting.note(document=document, payee=payees.payee_of(draft.member.pk), at=at)
    _write_lines(document, draft)
    _book(document, at)
    work.add(document.organisation_id, RENDER)


def _write_lines(document: Document, draft: Draft) -> None:
    for line in draft.lines:
        Line.objects.create(
            document=document,
            payable=line.payable,
            charge=line.charge,
            reverses=line.reverses,
            round=line.round,
            description=line.description,
            amount=line.amount,
        )


def _book(document: Document, at: datetime) -> None:
    """Book what a sale charges, or the VAT that an invoice adds to what was owed already."""
    legs, what = None, Booking.INVOICED
    if document.is_sale:
        legs, what = ledger.sold(document.net, document.vat), Booking.SOLD
    else:
        legs = purchased(document)
    if legs:
        journal.post(source=document, what=what, legs=legs, on=document.issued_on, by=None, at=at)


def purchased(document: Document) -> list[ledger.Leg]:
    """Return what the VAT of a member's invoice books: nothing where there is none.

    An organisation that is exempt itself recovers none of it; where the VAT is reversed it owes it itself.
    """
    recovers = payout_settings().vat_regime == Regime.ORDINARY
    if document.vat_case == VatCase.REVERSE_CHARGE:
        owed = reverse_charged(document)
        return ledger.reversed_vat(owed, recovers=recovers) if owed else []
    return ledger.invoiced(document.vat, recovers=recovers) if document.vat else []


def _reference(draft: Draft, number: str, sequence: int, today: date) -> str:
    """Return the structured reference by which a sales invoice is paid: the Belgian one there, the international elsewhere."""
    if draft.kind != Document.Kind.SALE:
        return ""
    if draft.supplier.country == "BE":
        return references.ogm(today.year % 100 * 10**8 + sequence)
    return references.rf(number)
