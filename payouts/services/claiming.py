"""A member sends their own invoice: a UBL is matched at once, a PDF once finance entered what it says."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from kernel import work
from members.models import Member, Organisation
from payouts.ledger import Booking
from payouts.models import Claim, Document, Line, Payable, ReceivedInvoice, Ubl
from payouts.selectors import claims, drafting, drafts, waiting
from payouts.selectors.claims import Bill
from payouts.services import journal
from payouts.services.documents import RENDER, purchased
from payouts.signals import invoice_received, invoice_refused
from payouts.ubl import matching, reading
from payouts.ubl.matching import Claimed, Difference

State = ReceivedInvoice.State


class DiffersError(Exception):
    """An invoice is not what is owed; carries what has to be put right."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(", ".join(one.code for one in differences))
        self.differences = list(differences)


class DecidedAlreadyError(Exception):
    """Somebody else decided on this invoice, or what it is about was invoiced meanwhile."""


@transaction.atomic
def send_ubl(*, organisation: Organisation, bill: Bill, content: bytes, at: datetime) -> Document:
    """Match a member's invoice with what is owed. RefusedXmlError, NotUblError for no invoice; DiffersError."""
    invoice = reading.read(content)
    found = matching.faults(invoice)
    claimed = matching.claimed(invoice)
    found += _differences(bill, claimed, at)
    if found:
        raise DiffersError(found)
    document = _write(organisation, bill, claimed, at)
    Ubl.objects.create(document=document, content=content, sha256=hashlib.sha256(content).hexdigest())
    Document.objects.filter(pk=document.pk).update(next_try_at=at)
    work.add(organisation.pk, RENDER)
    return document


@transaction.atomic
def send_pdf(*, bill: Bill, content: bytes, by: Member, at: datetime) -> ReceivedInvoice:
    """Keep a PDF for finance, who enter what it says. DecidedAlreadyError when one of its amounts was claimed meanwhile."""
    _lock(bill)
    made = ReceivedInvoice(member=by, sha256=hashlib.sha256(content).hexdigest(), sent_at=at)
    made.file.save(f"{by.organisation_id}/{get_random_string(32)}.pdf", ContentFile(content), save=False)
    made.save()
    Claim.objects.bulk_create(Claim(received=made, payable=one) for one in bill.payables)
    invoice_received.send(ReceivedInvoice, received=made, at=at)
    return made


@transaction.atomic
def match(
    *, organisation: Organisation, received: ReceivedInvoice, claimed: Claimed, by: Member, at: datetime
) -> Document:
    """Match a PDF by what finance read in it. DiffersError when that is not what is owed; DecidedAlreadyError."""
    _decide(received, State.MATCHED, by, at)
    bill = claims.bill_of(organisation, received)
    if found := _differences(bill, claimed, at):
        raise DiffersError(found)
    Claim.objects.filter(received=received).update(stands=False)
    document = _write(organisation, bill, claimed, at)
    with received.file.open() as file:
        content = file.read()
    document.pdf.save(_name(document), ContentFile(content), save=False)
    Document.objects.filter(pk=document.pk).update(pdf=document.pdf.name, sha256=received.sha256)
    ReceivedInvoice.objects.filter(pk=received.pk).update(document=document)
    return document


@transaction.atomic
def refuse(*, received: ReceivedInvoice, because: str, by: Member, at: datetime) -> None:
    """Send an invoice back to the member, with what has to be put right; the amounts can be invoiced again."""
    _decide(received, State.REFUSED, by, at, refused_because=because[:1000])
    Claim.objects.filter(received=received).update(stands=False)
    invoice_refused.send(ReceivedInvoice, received=received, because=because, at=at)


def _decide(received: ReceivedInvoice, state: ReceivedInvoice.State, by: Member, at: datetime, **fields: Any) -> None:
    standing = ReceivedInvoice.objects.filter(pk=received.pk, state=State.WAITING)
    if not standing.update(state=state, decided_by=by, decided_at=at, **fields):
        raise DecidedAlreadyError


def _differences(bill: Bill, claimed: Claimed, at: datetime) -> list[Difference]:
    found = matching.differences(claimed, bill.owed, timezone.localdate(at))
    member = bill.payables[0].member_id
    if Document.objects.filter(member=member, series=None, number=claimed.number).exists():
        found.append(Difference("number", claimed.number))
    return found


def _lock(bill: Bill) -> None:
    """Lock the amounts, and see that each still waits for its invoice."""
    pks = [one.pk for one in bill.payables]
    list(Payable.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if waiting.payables().filter(pk__in=pks).count() < len(pks):
        raise DecidedAlreadyError


def _write(organisation: Organisation, bill: Bill, claimed: Claimed, at: datetime) -> Document:
    """Keep a member's invoice as a document under their own number, and book its VAT."""
    _lock(bill)
    first, today = bill.payables[0], timezone.localdate(at)
    corrected = drafting.corrected_by(first)
    document = Document.objects.create(
        kind=Document.Kind.OWN_CREDIT if claimed.is_credit else Document.Kind.OWN_INVOICE,
        number=claimed.number,
        member_id=first.member_id,
        credits=corrected,
        issued_on=claimed.issued_on,
        supplied_on=max(one.entitlement.due_on or today for one in bill.payables),
        pay_by=min(drafting.promised(one, today) for one in bill.payables),
        currency=bill.owed.currency,
        net=claimed.net,
        vat_case=bill.treatment.case,
        vat_category=bill.treatment.category,
        vat_rate=bill.treatment.rate,
        vat=claimed.vat,
        total=claimed.total,
        supplier=drafts.as_stored(bill.owed.supplier),
        customer=drafts.as_stored(bill.owed.customer),
        reference=claimed.reference,
        buyer_reference=bill.owed.buyer_reference,
        language=first.member.user.language,
        issued_at=at,
    )
    for one in bill.payables:
        line = drafting.line_of(one)
        Line.objects.create(
            document=document, payable=one, round=line.round, description=line.description, amount=line.amount
        )
    if legs := purchased(document):
        journal.post(source=document, what=Booking.INVOICED, legs=legs, on=today, by=None, at=at)
    return document


def _name(document: Document) -> str:
    return f"{document.organisation_id}/received/{document.pk}.pdf"
