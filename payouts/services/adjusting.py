"""What was approved is never changed silently: a later assessment that says otherwise becomes an adjustment."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kernel.money import ZERO
from members.models import Member
from payouts.models import Adjustment, Payable
from payouts.selectors.parts import comes_by_and_by, outstanding
from payouts.states import FROZEN, PayableState


class SettledAlreadyError(Exception):
    """Somebody else decided on this adjustment."""


class OwnMoneyError(Exception):
    """Nobody decides on a difference in what is paid to themselves."""


class FourEyesError(Exception):
    """Who proposed to waive a difference cannot settle it."""


def compare(*, case_ids: Iterable[int], at: datetime) -> None:
    """Keep one open adjustment for each approved amount that differs from what its entitlement says now."""
    found = Payable.objects.filter(entitlement__case_id__in=list(case_ids), state__in=FROZEN, adjustment=None)
    # Of what was paid on by and by, the last release stands for all.
    newest = found.order_by("entitlement_id", "member_id", "-release").distinct("entitlement_id", "member_id")
    approved = list(newest.select_related("entitlement"))
    if not approved:
        return
    left = outstanding({one.entitlement for one in approved}, (*FROZEN, PayableState.PROPOSED))
    still_open = Adjustment.objects.filter(
        payable__entitlement__in=[one.entitlement_id for one in approved], settled_at=None
    )
    known = {(one.payable.entitlement_id, one.payable.member_id): one for one in still_open.select_related("payable")}
    for payable in approved:
        difference = left[payable.entitlement_id, payable.member_id]
        if comes_by_and_by(payable.entitlement, difference):
            difference = ZERO  # finance proposes it as any other amount
        earlier = known.get((payable.entitlement_id, payable.member_id))
        if earlier and earlier.difference != difference:
            earlier.delete()
        if difference and (not earlier or earlier.difference != difference):
            Adjustment.objects.create(payable=payable, difference=difference, found_at=at)


@transaction.atomic
def correct(*, adjustment: Adjustment, note: str, by: Member, at: datetime) -> Payable:
    """Decide that the difference is paid, or claimed back: it is proposed, and someone else approves it."""
    _update(adjustment, by, settled_at=at, settled_by=by, note=note)
    base = adjustment.payable
    return Payable.objects.create(
        entitlement=base.entitlement,
        adjustment=adjustment,
        member=base.member,
        amount=adjustment.difference,
        currency=base.currency,
        pay_by=base.pay_by,
        proposed_by=by,
        proposed_at=at,
    )


@transaction.atomic
def propose_waiver(*, adjustment: Adjustment, note: str, by: Member) -> None:
    """Propose that the difference is neither paid nor claimed back; the last proposal counts."""
    _update(adjustment, by, waiver_by=by, note=note)


@transaction.atomic
def refuse_waiver(*, adjustment: Adjustment, by: Member) -> None:
    """Take a proposal to waive away, one's own too; the difference waits for a decision again."""
    _update(adjustment, by, waiver_by=None, note="")


@transaction.atomic
def waive(*, adjustment: Adjustment, note: str, by: Member, at: datetime) -> None:
    """Agree to what someone else proposed, for the reason in `note`: the difference is neither paid nor claimed back."""
    if adjustment.waiver_by_id == by.pk:
        raise FourEyesError
    others = Q(waiver_by__isnull=False, note=note) & ~Q(waiver_by=by)
    _update(adjustment, by, others, settled_at=at, settled_by=by, waived=True)


def _update(adjustment: Adjustment, by: Member, standing: Q | None = None, **fields: object) -> None:
    if adjustment.payable.member_id == by.pk:
        raise OwnMoneyError
    if not Adjustment.objects.filter(standing or Q(), pk=adjustment.pk, settled_at=None).update(**fields):
        raise SettledAlreadyError
