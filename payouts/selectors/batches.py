"""Payment batches, as finance reviews and follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from kernel.money import ZERO
from members.models import Organisation
from payouts import readiness
from payouts.models import Batch, Payee, Payment, PaymentPart
from payouts.readiness import Caution
from payouts.selectors import payees
from payouts.selectors.ready import came_back
from payouts.sepa.pain import Order, Transfer

STANDING = ~Q(payments__state=Payment.State.DROPPED)


@dataclass(frozen=True)
class Reviewed:
    """A payment with what to look at twice, and whether its account is still the member's."""

    payment: Payment
    cautions: tuple[Caution, ...]
    account_changed: bool


def batches() -> QuerySet[Batch]:
    """Every batch with how many payments it has and their sum, the newest first."""
    counted = Batch.objects.annotate(
        count=Count("payments", filter=STANDING), total=Sum("payments__amount", filter=STANDING, default=ZERO)
    )
    return counted.select_related("proposed_by", "approved_by").order_by("-number")


def sums(batch: Batch) -> dict[str, tuple[int, Decimal]]:
    """Return how many payments of a batch are in each state, and their sum."""
    found = batch.payments.values_list("state").annotate(count=Count("pk"), total=Sum("amount"))
    return {state: (count, total) for state, count, total in found}


def reviewed(payments: Sequence[Payment], organisation: Organisation, now: datetime) -> list[Reviewed]:
    """Return payments with what to look at twice, in their order: a fixed number of queries."""
    members = {one.member_id for one in payments}
    known = {one.member_id: one for one in Payee.objects.filter(member__in=members)}
    last = payees.last_paid(members)
    limit = organisation.payout_limit
    again = _paid_before(payments)
    rows = []
    for one in payments:
        payee = known.get(one.member_id)
        cautions = payees.of_account(payee, last.get(one.member_id), now) if payee else []
        cautions += [Caution.RETURNED_BEFORE] if one.pk in again else []
        cautions += readiness.amount_cautions(amount=one.amount, limit=limit, own_case=False)
        rows.append(Reviewed(one, tuple(cautions), payee is None or payee.iban != one.iban))
    return rows


def _paid_before(payments: Sequence[Payment]) -> set[int]:
    """Return which payments are about a document whose payment came back before."""
    parts = list(PaymentPart.objects.filter(payment__in=payments, stands=True).values_list("payment", "document"))
    again = came_back(document for _payment, document in parts)
    return {payment for payment, document in parts if document in again}


def warned(batch: Batch, organisation: Organisation, now: datetime) -> list[Reviewed]:
    """Return the payments of a batch that have a warning: what whoever approves looks at first."""
    planned = list(batch.payments.filter(state=Payment.State.PLANNED).order_by("pk"))
    return [row for row in reviewed(planned, organisation, now) if row.cautions or row.account_changed]


def message_id(batch: Batch) -> str:
    """Return by what name the bank knows a batch."""
    return f"VS{batch.organisation_id}-B{batch.number:06d}"


def order_of(batch: Batch) -> Order:
    """Return an approved batch as the order to the bank."""
    assert batch.approved_at is not None
    payments = batch.payments.exclude(state=Payment.State.DROPPED).order_by("pk")
    return Order(
        message_id=message_id(batch),
        made_at=batch.approved_at,
        name=batch.name,
        iban=batch.iban,
        execute_on=batch.execute_on,
        currency=batch.currency,
        transfers=[
            Transfer(one.end_to_end_id, one.name, one.city, one.country, one.iban, one.amount, one.reference, one.text)
            for one in payments
        ],
    )
