"""Taking a document back as a whole: finance orders it, the worker makes the credit note out."""

from datetime import datetime

from django.db import transaction

from kernel import work
from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import Charge, CreditOrder, Document, DocumentAnswer, Payment, PaymentPart
from payouts.selectors import waiting
from payouts.selectors.payees import payee_of
from payouts.selectors.settings import payout_settings
from payouts.services import answering
from payouts.services.documents import ISSUE
from payouts.services.locking import lock_document


class CannotBeCreditedError(Exception):
    """Only an invoice or a statement that stands is taken back; the message says why in a word: `kind`, `credited`,
    `corrected`, `batched`, `incomplete`."""


@transaction.atomic
def order(*, document: Document, because: str, by: Member, at: datetime) -> None:
    """Order that a document is credited as a whole. What it was about waits for another, after a look at the details.

    What was paid of it stays paid: the credit note is set off against the document that replaces it.
    """
    lock_organisation(document.organisation_id)  # no batch takes it up meanwhile
    lock_document(document)
    _check(document)
    _order, is_new = CreditOrder.objects.get_or_create(
        document=document, defaults={"because": because, "ordered_by": by, "ordered_at": at}
    )
    if not is_new:
        raise CannotBeCreditedError("credited")
    if waiting.CONTESTS.filter(document=document).exists():
        outcome = DocumentAnswer.Outcome.CREDITED
        answering.settle(document=document, outcome=outcome, reply=because, by=by, at=at)
    work.add(document.organisation_id, ISSUE)


def _check(document: Document) -> None:
    if document.total <= 0 or document.is_own:
        raise CannotBeCreditedError("kind")
    if not waiting.LIVE.filter(document=document).exists():
        raise CannotBeCreditedError("credited")
    if document.is_sale and Charge.objects.filter(lines__document=document, revenue__isnull=False).exists():
        organisation = Organisation.objects.get(pk=document.organisation_id)
        if not (payout_settings().iban and organisation.can_be_invoiced and payee_of(document.member_id)):
            raise CannotBeCreditedError("incomplete")
    corrections = Document.objects.filter(credits=document, lines__in=waiting.LIVE)
    if corrections.exists():
        raise CannotBeCreditedError("corrected")
    if PaymentPart.objects.filter(document=document, stands=True, payment__state=Payment.State.PLANNED).exists():
        raise CannotBeCreditedError("batched")
