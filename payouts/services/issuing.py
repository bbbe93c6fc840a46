"""Making out what an approved amount or a charge goes with: an invoice, a credit note, a statement, a payroll line.

The worker does it, each document in a short transaction of its own: it is checked, the number is drawn, the document
stands, with its UBL. Its picture, the PDF, is made afterwards; should that fail, the number is kept and the picture tried
again.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Charge, CreditOrder, Document, Line, Payable, Payee, PayrollLine, Ubl
from payouts.selectors import agreements, drafting, drafts, payees, payroll, waiting
from payouts.selectors.books import reverse_charged
from payouts.selectors.drafts import Draft
from payouts.selectors.settings import payout_settings
from payouts.sepa import references
from payouts.services import journal, numbering, transmitting
from payouts.states import PayableState
from payouts.ubl import checks, writing
from payouts.vat import Regime, VatCase

log = logging.getLogger(__name__)

ISSUE = "issue"
RENDER = "render"


class Issued(NamedTuple):
    """How many documents and lines were made out, and whether somebody else held none of what waits."""

    made: int
    nothing_held: bool


class _HeldError(Exception):
    """Somebody else works on it now."""


def issue_all(*, organisation: Organisation, at: datetime) -> Issued:
    """Make out everything that waits and is complete, what takes something back first. In no transaction."""
    count, nothing_held = 0, True
    for make in list(_everything(organisation, at)):
        try:
            with tenant(organisation.pk):
                count += make()
        except _HeldError:
            nothing_held = False
        except Exception:  # one that cannot be made out keeps no other waiting
            log.exception("a document of organisation %s was not made out", organisation.pk)
    return Issued(count, nothing_held)


def _everything(organisation: Organisation, at: datetime) -> Iterator[Callable[[], int]]:
    with tenant(organisation.pk):
        orders = list(waiting.credit_orders().values_list("pk", flat=True))
        groups = waiting.groups(payout_settings(), timezone.localdate(at))
        charged = list(waiting.charges().values_list("member", flat=True))
    yield from (partial(_take_back, organisation, pk, at) for pk in orders)
    yield from (partial(_issue, organisation, pks, at) for pks in groups)
    yield from (partial(_sell, organisation, member, at) for member in dict.fromkeys(charged))


def _issue(organisation: Organisation, pks: list[int], at: datetime) -> int:
    """Make out what goes with amounts of one member; 0 when something is missing."""
    locked = Payable.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=pks)
    related = locked.select_related(
        "member__user", "entitlement__case", "entitlement__version__programme", "adjustment"
    )
    found = list(related.order_by("approved_at", "pk"))
    if len(found) < len(pks):
        raise _HeldError
    if waiting.payables().filter(pk__in=pks).count() < len(pks):
        return 0
    payee = payees.payee_of(found[0].member_id)
    if payee is None:
        return 0
    today, first = timezone.localdate(at), found[0]
    corrected = drafting.corrected_by(first)
    if corrected and (corrected.is_own or (first.amount > 0 and payee.invoices_itself)):
        return 0  # the member sends the document themselves
    if corrected:
        return _write_all([drafting.correction(organisation, first, corrected, today)], found, at)
    if payee.kind == Payee.Kind.EMPLOYEE and any(one.state == PayableState.PAID for one in found):
        return 0  # paid by the bank once, on a document: wages are no place to take it up again
    if _went_by_payroll(first) or (first.amount > 0 and payee.kind == Payee.Kind.EMPLOYEE):
        return sum(_write_payroll_line(one, payee, at) for one in found)
    agreed = agreements.agreement_of(payee) is not None
    if first.amount < 0 or payees.missing(payee, agreed, organisation):
        return 0
    return _write_all(drafting.self_billed(organisation, payee, found, payout_settings(), today), found, at)


def _take_back(organisation: Organisation, pk: int, at: datetime) -> int:
    """Make out the credit note of a whole document."""
    order = CreditOrder.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if order is None:
        raise _HeldError
    if not waiting.credit_orders().filter(pk=pk).exists():
        return 0
    document = Document.objects.select_related("member__user", "series").get(pk=order.document_id)
    draft = drafting.taking_back(organisation, document, order.because, timezone.localdate(at))
    return _write_all([draft], [], at)


def _sell(organisation: Organisation, member_id: int, at: datetime) -> int:
    """Make out the sales invoice of what a member was charged; 0 when something is missing."""
    locked = Charge.objects.select_for_update(of=("self",), skip_locked=True).filter(member=member_id)
    found = list(locked.filter(pk__in=waiting.charges()).order_by("raised_at", "pk"))
    payee, settings = payees.payee_of(member_id), payout_settings()
    if not found or payee is None or not settings.iban or not organisation.can_be_invoiced:
        return 0
    return _write_all([drafting.sold(organisation, payee, found, settings, timezone.localdate(at))], found, at)


def _went_by_payroll(payable: Payable) -> bool:
    """Whether what an amount corrects went with the wages: what it adjusts, or of a negative share the case's earlier parts."""
    if payable.adjustment:
        return PayrollLine.objects.filter(payable=payable.adjustment.payable).exists()
    same = PayrollLine.objects.filter(member=payable.member_id, payable__entitlement__case=payable.entitlement.case_id)
    return payable.amount < 0 and same.exists()


def _write_payroll_line(payable: Payable, payee: Payee, at: datetime) -> int:
    PayrollLine.objects.create(
        payable=payable,
        member=payable.member,
        employee_number=payee.employee_number,
        month=payroll.open_month(timezone.localdate(at)),
        gross=payable.amount,
        currency=payable.currency,
        written_at=at,
    )
    return 1


def _write_all(found: list[Draft], sources: list[Payable] | list[Charge], at: datetime) -> int:
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
    vat = draft.treatment.on(draft.net)
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
        vat=vat,
        total=draft.net + vat,
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
