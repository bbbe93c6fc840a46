"""Documents: lists of them, what each says, and where it stands."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q, QuerySet

from members.models import Member, Organisation
from payouts.models import Charge, Document, DocumentAnswer, Payee, PayoutSettings, Receipt, Ubl
from payouts.selectors import waiting
from payouts.selectors.settings import payout_settings
from payouts.selectors.statements import every_sale, unpaid_sales
from payouts.ubl import reading
from payouts.ubl.invoice import Invoice, Kind, Line, Party


class Answered(StrEnum):
    """What became of the question whether a member accepts a document."""

    NOT_ASKED = "not_asked"
    OPEN = "open"
    ACCEPTED = "accepted"
    TACITLY = "tacitly"
    CONTESTED = "contested"
    STANDS = "stands"
    CREDITED = "credited"


@dataclass(frozen=True)
class Standing:
    """Where a document stands: how it was answered, whether a credit note takes it back, what was paid of it; of a sales
    invoice, what was credited and received of it, and what is left to be paid."""

    answered: Answered
    answer: DocumentAnswer | None
    credit_note: Document | None
    is_to_be_credited: bool
    paid_on: date | None
    credited: list[Document]
    receipts: list[Receipt]
    left: Decimal | None

    @property
    def can_be_credited(self) -> bool:
        return not (self.credit_note or self.is_to_be_credited)


def documents(wanted: str = "", *, only_open: bool = False) -> QuerySet[Document]:
    """Every document, the newest first; of those whose number or member's name has what is wanted in it; or sales that are open."""
    found = Document.objects.select_related("member__user", "credits", "series").order_by("-issued_at", "-pk")
    if only_open:
        found = found.filter(pk__in=unpaid_sales().values("pk"))
    return found.filter(Q(number__icontains=wanted) | Q(member__name__icontains=wanted)) if wanted else found


def contested() -> list[DocumentAnswer]:
    """Documents that members contest, the oldest first."""
    return list(waiting.CONTESTS.select_related("document__member").order_by("answered_at"))


def undrawn() -> QuerySet[Document]:
    """Documents whose picture was tried often, and given up, the oldest first."""
    given_up = Document.objects.filter(sha256="", next_try_at=None, emptied_at=None)
    return given_up.select_related("member").order_by("pk")


def standing_of(document: Document, today: date) -> Standing:
    """Return where a document stands."""
    answer = document.answers.select_related("settled_by").first()
    credit_note = Document.objects.filter(credits=document, lines__reverses__document=document).first()
    paid = document.payment_parts.filter(stands=True).values_list("payment__paid_on", flat=True).first()
    ordered = document.credit_orders.exists()
    receipts = list(document.receipts.select_related("against").order_by("on", "pk"))
    left = every_sale().filter(pk=document.pk).values_list("left", flat=True).first()
    is_ordered = ordered and not credit_note
    credited = list(Document.objects.filter(credits=document).order_by("pk")) if left is not None else []
    return Standing(answered(document, answer, today), answer, credit_note, is_ordered, paid, credited, receipts, left)


def answered(document: Document, answer: DocumentAnswer | None, today: date) -> Answered:
    """Return what became of the question whether a member accepts a document."""
    if document.answer_by is None:
        return Answered.NOT_ASKED
    if answer is None:
        return Answered.OPEN if today <= document.answer_by else Answered.TACITLY
    if answer.is_open_contest:
        return Answered.CONTESTED
    if answer.accepted or answer.outcome == DocumentAnswer.Outcome.WITHDRAWN:
        return Answered.ACCEPTED
    return Answered(answer.outcome)


def uninvoiced(organisation: Organisation) -> list[tuple[Charge, bool]]:
    """Return charges that stand on no invoice yet, each with whether something is missing for it."""
    settings: PayoutSettings = payout_settings()
    ready = bool(settings.iban) and organisation.can_be_invoiced
    charges = list(waiting.charges().select_related("member"))
    known = set(Payee.objects.filter(member__in=[one.member_id for one in charges]).values_list("member", flat=True))
    return [(one, not ready or one.member_id not in known) for one in charges]


def has_ubl(document: Document) -> bool:
    """Whether a document exists as UBL: not a statement, nor an invoice that a member sent as PDF."""
    return Ubl.objects.filter(document=document).exists()


def file_name(document: Document) -> str:
    """Return a name for a document's files: its number, in letters that every disk knows."""
    return "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in document.number)


def ubl_of(document: Document) -> bytes:
    """Return a document as the UBL that was issued."""
    return bytes(Ubl.objects.values_list("content", flat=True).get(document=document))


def paper_of(document: Document) -> Invoice:
    """Return what a document says: its UBL, read; what has none, a statement or a member's PDF, from its row."""
    content = Ubl.objects.filter(document=document).values_list("content", flat=True).first()
    if content is not None:
        return reading.read(bytes(content))
    lines = document.lines.order_by("pk")
    return Invoice(
        kind=Kind.INVOICE,
        self_billed=not document.is_own,
        number=document.number,
        issued_on=document.issued_on,
        due_on=document.pay_by,
        supplied_on=document.supplied_on,
        currency=document.currency,
        supplier=Party(**document.supplier),
        customer=Party(**document.customer),
        lines=tuple(Line(line.description, Decimal(1), line.amount, line.amount) for line in lines),
        taxes=(),
        net=document.net,
        vat=document.vat,
        total=document.total,
    )


def year_as_zip(member: Member, year: int) -> bytes | None:
    """Return all of a member's documents of a year, each as PDF and UBL, in one file; None when there are none."""
    found = list(Document.objects.filter(member=member, issued_on__year=year).exclude(pdf="").order_by("pk"))
    if not found:
        return None
    contents = dict(Ubl.objects.filter(document__in=found).values_list("document", "content"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in found:
            archive.writestr(f"{file_name(document)}.pdf", document.pdf.read())
            document.pdf.close()
            if content := contents.get(document.pk):
                archive.writestr(f"{file_name(document)}.xml", bytes(content))
    return file.getvalue()
