"""Payment batches: one proposes, another approves what they see, the bank gets one file."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import Batch, Payee, Payment, PaymentPart
from payouts.selectors.batches import order_of
from payouts.selectors.ready import Ready, ready
from payouts.selectors.settings import payout_settings
from payouts.selectors.waiting import CONTESTS
from payouts.sepa import calendar, pain
from payouts.services import numbering, settling

State = Batch.State
NUMBERS = "batches"
EURO = "EUR"


class NoAccountError(Exception):
    """The organisation named no account to pay from."""


class NothingToPayError(Exception):
    """Nothing is ready to be paid."""


class NoSettlementDayError(Exception):
    """Banks settle nothing on that day, or it is over."""


class FourEyesError(Exception):
    """Who proposed a batch, or is paid by it, cannot approve it."""


class StateChangedError(Exception):
    """Somebody else decided on this batch meanwhile."""


class StaleError(Exception):
    """Something changed since the batch was proposed; carries the names of those whose payments are to be left out."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = list(names)


@transaction.atomic
def propose(*, organisation: Organisation, until: date | None, execute_on: date, by: Member, at: datetime) -> Batch:
    """Propose a batch of everything that is ready, and due until a day; each account as it is now."""
    settings = payout_settings()
    if not settings.iban:
        raise NoAccountError
    if execute_on < timezone.localdate(at) or not calendar.is_settled_on(execute_on):
        raise NoSettlementDayError
    lock_organisation(organisation.pk)  # of two who propose at once, the second finds nothing
    wanted = [one for one in ready(organisation, EURO, at) if not one.left_out and (not until or one.pay_by <= until)]
    if not wanted:
        raise NothingToPayError
    _series, number = numbering.draw(NUMBERS)
    batch = Batch.objects.create(
        number=number,
        execute_on=execute_on,
        currency=EURO,
        name=organisation.legal_name or organisation.name,
        iban=settings.iban,
        proposed_by=by,
        proposed_at=at,
    )
    payments = Payment.objects.bulk_create(_payment(batch, place, one) for place, one in enumerate(wanted, 1))
    PaymentPart.objects.bulk_create(
        PaymentPart(payment=payment, document=document, amount=document.total)
        for payment, one in zip(payments, wanted, strict=True)
        for document in one.documents
    )
    return batch


@transaction.atomic
def leave_out(*, payment: Payment) -> None:
    """Take a payment out of a proposed batch; what it pays is ready again. StateChangedError when it was approved."""
    assert payment.batch_id is not None
    batch = _locked(payment.batch_id)
    if batch.state != State.PROPOSED:
        raise StateChangedError
    _drop([payment.pk])
    if not batch.payments.filter(state=Payment.State.PLANNED).exists():
        Batch.objects.filter(pk=batch.pk).update(state=State.CANCELLED)


@transaction.atomic
def cancel(*, batch: Batch) -> None:
    """Give a proposed batch up; everything in it is ready again."""
    if not Batch.objects.filter(pk=batch.pk, state=State.PROPOSED).update(state=State.CANCELLED):
        raise StateChangedError
    _drop(list(batch.payments.values_list("pk", flat=True)))


@transaction.atomic
def approve(*, batch: Batch, by: Member, at: datetime) -> None:
    """Approve a batch as a whole: from now on its accounts and amounts are frozen.

    FourEyesError for who proposed it, or is paid by it; NoSettlementDayError when its day is over; StaleError when an
    account or a document is not what it was.
    """
    standing = _locked(batch.pk)
    if standing.state != State.PROPOSED:
        raise StateChangedError
    planned = standing.payments.filter(state=Payment.State.PLANNED)
    payments = list(planned.only("batch", "member", "name", "iban").order_by("pk"))
    if standing.proposed_by_id == by.pk or any(one.member_id == by.pk for one in payments):
        raise FourEyesError
    if standing.execute_on < timezone.localdate(at):
        raise NoSettlementDayError
    if stale := _stale(payments):
        raise StaleError(stale)
    Batch.objects.filter(pk=batch.pk).update(state=State.APPROVED, approved_by=by, approved_at=at)


@transaction.atomic
def fetch(*, batch: Batch, at: datetime) -> bytes:
    """Return an approved batch as the file for the bank: the same bytes, however often it is fetched."""
    if batch.state not in (State.APPROVED, State.EXECUTED):
        raise StateChangedError
    content = pain.write(order_of(batch))
    sha256 = hashlib.sha256(content).hexdigest()
    if not batch.sha256:
        Batch.objects.filter(pk=batch.pk).update(sha256=sha256, fetched_at=at)
    elif batch.sha256 != sha256:
        raise pain.InvalidFileError("the file is not the one that was fetched before")
    return content


@transaction.atomic
def mark_executed(*, batch: Batch, on: date, by: Member, at: datetime) -> int:
    """Record that the bank executed a batch; what a statement settled before stays. Return how many payments this settled."""
    standing = _locked(batch.pk)
    if standing.state != State.APPROVED:
        raise StateChangedError
    planned = standing.payments.filter(state=Payment.State.PLANNED).values_list("pk", flat=True)
    return len(settling.settle(payments=list(planned), on=on, by=by, at=at))


@transaction.atomic
def refuse(*, payment: Payment, because: str, by: Member) -> None:
    """Record that the bank refused a payment before it went: what it pays is ready again.

    It stays in the file that the bank got. StateChangedError for one that went, or was never approved; FourEyesError for
    a payment to oneself.
    """
    assert payment.batch_id is not None
    if payment.member_id == by.pk:
        raise FourEyesError
    batch = _locked(payment.batch_id)
    planned = Payment.objects.filter(pk=payment.pk, state=Payment.State.PLANNED)
    refused = {"state": Payment.State.REFUSED, "return_reason": because[:140]}
    if batch.state != State.APPROVED or not planned.update(**refused):
        raise StateChangedError
    PaymentPart.objects.filter(payment=payment).update(stands=False)
    if not batch.payments.filter(state=Payment.State.PLANNED).exists():
        Batch.objects.filter(pk=batch.pk).update(state=State.EXECUTED)


def _payment(batch: Batch, place: int, one: Ready) -> Payment:
    assert one.payee is not None
    structured = one.documents[0].reference if len(one.documents) == 1 else ""
    return Payment(
        batch=batch,
        member=one.member,
        end_to_end_id=f"B{batch.number:06d}-{place:05d}",
        name=one.payee.name,
        city=one.payee.city,
        country=one.payee.country,
        iban=one.payee.iban,
        amount=one.amount,
        currency=batch.currency,
        reference=structured,
        text=", ".join(document.number for document in one.documents)[:140],
    )


def _locked(batch_id: int) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)


def _drop(payments: Sequence[int]) -> None:
    Payment.objects.filter(pk__in=payments, state=Payment.State.PLANNED).update(state=Payment.State.DROPPED)
    PaymentPart.objects.filter(payment__in=payments).update(stands=False)


def _stale(payments: Sequence[Payment]) -> list[str]:
    """Return the names of those whose account is another one by now, or who contest what is to be paid."""
    accounts = {one.member_id: one.iban for one in Payee.objects.filter(member__in=[one.member_id for one in payments])}
    about = PaymentPart.objects.filter(payment__in=payments, document__answers__in=CONTESTS)
    contested = set(about.values_list("payment", flat=True))
    return [one.name for one in payments if accounts.get(one.member_id) != one.iban or one.pk in contested]
