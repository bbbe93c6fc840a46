"""An amount's way to the member: one person proposes it, another approves it, it is paid."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kernel import work
from members.models import Member
from payouts import ledger
from payouts.models import Entitlement, Payable
from payouts.services import journal
from payouts.services.assessing import ASSESS
from payouts.signals import payable_changed
from payouts.states import PayableState, before
from referrals.models import Case


class FourEyesError(Exception):
    """Who proposed an amount, or gets it, cannot approve it."""


class NotPayableError(Exception):
    """Nothing to be paid in money: not due, not owed by the organisation, or points."""


class StateChangedError(Exception):
    """Somebody else decided on this meanwhile."""


@transaction.atomic
def propose(*, entitlements: Iterable[int], by: Member, at: datetime) -> list[Payable]:
    """Propose due entitlements for payment, by their ids; those already on their way are passed over.

    Raises NotPayableError for one that is not due in money, or not owed by the organisation to an introducer.
    """
    wanted = Entitlement.objects.select_for_update(of=("self",)).filter(pk__in=list(entitlements))
    made = []
    for one in wanted.select_related("case__introducer").order_by("pk"):
        if one.state != "due" or one.party != "introducer" or one.owed_by != "organisation" or len(one.unit) != 3:
            raise NotPayableError(one.pk)
        if one.payables.exclude(state=PayableState.SENT_BACK).exists() or not one.amount:
            continue
        made.append(
            Payable.objects.create(
                entitlement=one,
                payee=one.case.introducer,
                amount=one.amount,
                currency=one.unit,
                proposed_by=by,
                proposed_at=at,
            )
        )
    return made


@transaction.atomic
def approve(*, payables: Iterable[int], on: date, by: Member, at: datetime) -> int:
    """Approve proposed amounts, by their ids, and book that they are owed; return how many were approved by this.

    Of two who approve at once, each amount is approved by one of them. FourEyesError when `by` proposed one of them, or
    is to get it; NotPayableError when a case says something else since it was proposed.
    """
    wanted = Payable.objects.filter(pk__in=list(payables), state=PayableState.PROPOSED)
    if wanted.filter(Q(proposed_by=by) | Q(payee=by)).exists():
        raise FourEyesError
    approved = 0
    for payable in wanted.select_related("payee").order_by("pk"):
        _check_it_stands(payable)
        if _advance(payable, PayableState.APPROVED, approved_by=by, approved_at=at):
            journal.post(payable=payable, what="owed", legs=ledger.owed(payable.amount), on=on, by=by, at=at)
            payable.refresh_from_db()
            payable_changed.send(Payable, payable=payable, at=at)
            approved += 1
            # Facts may have come that nobody assessed yet: what differs then becomes an adjustment.
            Case.objects.filter(entitlements=payable.entitlement_id).update(next_check_on=on)
            work.add(payable.organisation_id, ASSESS)
    return approved


@transaction.atomic
def send_back(*, payable: Payable, because: str, by: Member) -> None:
    """Send a proposed amount back, with a reason; it can be proposed again."""
    if not _advance(payable, PayableState.SENT_BACK, sent_back_by=by, sent_back_because=because):
        raise StateChangedError


@transaction.atomic
def mark_paid(*, payable: Payable, on: date, reference: str, by: Member, at: datetime) -> None:
    """Record that an approved amount was paid, and book it."""
    if not _advance(payable, PayableState.PAID, paid_on=on, payment_reference=reference):
        raise StateChangedError
    journal.post(payable=payable, what="paid", legs=ledger.paid(payable.amount), on=on, by=by, at=at)
    payable.refresh_from_db()
    payable_changed.send(Payable, payable=payable, at=at)


def _check_it_stands(payable: Payable) -> None:
    """Lock what a proposal rests on; NotPayableError when its case says something else since."""
    said = Entitlement.objects.select_for_update(of=("self",)).get(pk=payable.entitlement_id)
    if said.state != "due" or said.amount != payable.amount:
        raise NotPayableError(said.pk)


def _advance(payable: Payable, state: PayableState, **fields: object) -> bool:
    """Change the state where it still is one that leads there; whoever comes second changes nothing."""
    standing = Payable.objects.filter(pk=payable.pk, state__in=before(state))
    return bool(standing.update(state=state, **fields))
