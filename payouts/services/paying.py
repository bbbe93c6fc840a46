"""An amount's way to the member: one person proposes it, another approves it, it is paid."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from kernel import work
from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Document, Entitlement, Payable, Payment, PaymentPart
from payouts.selectors import parts
from payouts.selectors.parts import comes_by_and_by
from payouts.selectors.payables import owed_in_money
from payouts.selectors.ready import left_over
from payouts.selectors.unsettled import is_replacing
from payouts.selectors.waiting import CONTESTS
from payouts.services import journal, settling
from payouts.services.documents import ISSUE
from payouts.services.journal import NewEntry
from payouts.services.locking import lock_document
from payouts.services.looking import look_again
from payouts.signals import payable_changed
from payouts.states import FROZEN, PayableState, before
from referrals.models import Case
from referrals.services.locking import lock_all


class FourEyesError(Exception):
    """Who proposed an amount, or gets it, cannot approve it."""


class NotPayableError(Exception):
    """Nothing to be paid in money: not due, not owed by the organisation, or points."""


class StateChangedError(Exception):
    """Somebody else decided on this meanwhile."""


@transaction.atomic
def propose(*, entitlements: Iterable[int], by: Member, at: datetime) -> list[Payable]:
    """Propose due entitlements for payment, by their ids, to each introducer who shares them.

    Those already on their way are passed over. Raises NotPayableError for one that is not due in money, or not owed by
    the organisation to an introducer.
    """
    ids = set(entitlements)
    list(Entitlement.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    wanted = {one.pk: one for one in owed_in_money().filter(pk__in=ids)}
    if ids - wanted.keys():
        raise NotPayableError(ids - wanted.keys())
    moving = Payable.objects.filter(entitlement__in=ids, adjustment=None).exclude(state=PayableState.SENT_BACK)
    # What is on its way stays as it is: a difference to what was approved is an adjustment, and finance decides on it.
    # Only what a performer owes comes by and by.
    last = moving.values_list("entitlement_id", "member_id").annotate(last=Max("release"))
    known = {(pk, member_id): release + 1 for pk, member_id, release in last.order_by()}
    return Payable.objects.bulk_create(
        Payable(
            entitlement_id=pk,
            member_id=member_id,
            release=known.get((pk, member_id), 0),
            amount=amount,
            currency=wanted[pk].unit,
            pay_by=wanted[pk].pay_by,
            proposed_by=by,
            proposed_at=at,
        )
        for (pk, member_id), amount in sorted(parts.pending(wanted.values()).items())
        if amount and (comes_by_and_by(wanted[pk], amount) or (pk, member_id) not in known)
    )


@transaction.atomic
def approve(*, payables: Iterable[int], on: date, by: Member, at: datetime) -> int:
    """Approve proposed amounts, by their ids, and book that they are owed; return how many were approved by this.

    Of two who approve at once, each amount is approved by one of them. FourEyesError when `by` proposed one of them, or
    is to get it; NotPayableError when a case says something else since it was proposed.
    """
    wanted = Payable.objects.filter(pk__in=list(payables), state=PayableState.PROPOSED)
    if wanted.filter(Q(proposed_by=by) | Q(member=by)).exists():
        raise FourEyesError
    _lock(wanted)
    # without what was approved meanwhile
    standing = list(wanted.select_related("member", "entitlement__case").order_by("pk"))
    _check(standing)
    approved = [one for one in standing if _advance(one, PayableState.APPROVED, approved_by=by, approved_at=at)]
    journal.post_all([NewEntry(one, Booking.OWED, _owed(one), on, by, at) for one in approved])
    for payable in approved:
        payable.refresh_from_db()
        payable_changed.send(Payable, payable=payable, at=at)
    for one in approved[:1]:
        look_again(Case.objects.filter(entitlements__payables__in=approved), one.organisation_id, on)
        work.add(one.organisation_id, ISSUE)
    return len(approved)


@transaction.atomic
def send_back(*, payable: Payable, because: str, on: date, by: Member) -> None:
    """Send a proposed amount back, with a reason; it can be proposed again, promised by the same day. FourEyesError for money of one's own."""
    if payable.member_id == by.pk:
        raise FourEyesError
    _lock(Payable.objects.filter(pk=payable.pk))
    if not _advance(payable, PayableState.SENT_BACK, sent_back_by=by, sent_back_because=because):
        raise StateChangedError
    if payable.pay_by and payable.adjustment_id is None:
        Entitlement.objects.filter(pk=payable.entitlement_id, pay_by__gt=payable.pay_by).update(pay_by=payable.pay_by)
    look_again(_case_of(payable), payable.organisation_id, on)


@transaction.atomic
def mark_paid(*, payable: Payable, on: date, reference: str, by: Member, at: datetime) -> None:
    """Record that an approved amount was paid by hand, and book it: the whole document that it stands on.

    NotPayableError while there is none, while it is contested, or while a batch pays it; and for what goes with the
    wages, which payroll pays.
    """
    if payable.member_id == by.pk:
        raise FourEyesError
    line = payable.line
    if not line:
        raise NotPayableError(payable.pk)
    _pay_document(line.document, on, reference, by, at)


@transaction.atomic
def set_off(
    *,
    organisation: Organisation,
    member: Member,
    amount: Decimal,
    currency: str,
    on: date,
    reference: str,
    by: Member,
    at: datetime,
) -> Payment:
    """Settle documents of a member that together leave nothing to pay: they cancel out, or the member paid back so much.

    Only the bank says that somebody paid back. NotPayableError when there are no documents that leave exactly that;
    FourEyesError for one's own.
    """
    if member.pk == by.pk:
        raise FourEyesError
    lock_organisation(organisation.pk)  # no batch takes them up meanwhile
    rows = left_over(organisation, currency, at)
    row = next((row for row in rows if row.member.pk == member.pk and -row.amount == amount), None)
    if not row:
        raise NotPayableError
    return settling.pay_by_hand(documents=row.documents, name=member.name, on=on, reference=reference, by=by, at=at)


def _pay_document(document: Document, on: date, reference: str, by: Member, at: datetime) -> None:
    amounts = lock_document(document)
    if any(one.state != PayableState.APPROVED for one in amounts):
        raise StateChangedError
    if document.total < 0 or is_replacing(document):
        raise NotPayableError(document.pk)  # what is claimed back comes by the bank; what replaces something is set off
    contested = CONTESTS.filter(document=document).exists()
    in_a_batch = PaymentPart.objects.filter(document=document, stands=True).exists()
    if contested or in_a_batch or document.credit_orders.exists():
        raise NotPayableError(document.pk)
    settling.pay_by_hand(documents=[document], name=amounts[0].member.name, on=on, reference=reference, by=by, at=at)


def _lock(payables: QuerySet[Payable]) -> None:
    """Lock the cases and then the entitlements, each in one order, as assessing does: so nobody waits in a circle."""
    entitlements = list(payables.values_list("entitlement_id", flat=True))
    lock_all(Case.objects.filter(entitlements__in=entitlements).values_list("pk", flat=True))
    list(Entitlement.objects.select_for_update(of=("self",)).filter(pk__in=entitlements).order_by("pk"))


def _check(payables: list[Payable]) -> None:
    """Raise NotPayableError when the case of one says something else by now. What they rest on is locked."""
    left = parts.outstanding({one.entitlement for one in payables}, FROZEN)
    wanted: dict[parts.Share, Decimal] = defaultdict(Decimal)
    for one in payables:
        wanted[one.entitlement_id, one.member_id] += one.amount
    for one in payables:
        share = one.entitlement_id, one.member_id
        rest = left[share] - wanted[share]
        if rest and not (one.adjustment_id is None and comes_by_and_by(one.entitlement, rest)):
            raise NotPayableError(one.entitlement_id)


def _owed(payable: Payable) -> list[ledger.Leg]:
    """Return the sides of what an amount costs: the organisation, or what was set aside before."""
    return (ledger.divided if payable.entitlement.case.kind == "pot" else ledger.owed)(payable.amount)


def _case_of(payable: Payable) -> QuerySet[Case]:
    """The case that an amount comes from: facts may have come since, and what differs then becomes an adjustment."""
    return Case.objects.filter(entitlements=payable.entitlement_id)


def _advance(payable: Payable, state: PayableState, **fields: object) -> bool:
    """Change the state where it still is one that leads there; whoever comes second changes nothing."""
    standing = Payable.objects.filter(pk=payable.pk, state__in=before(state))
    return bool(standing.update(state=state, **fields))
