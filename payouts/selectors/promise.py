"""The promise: what was paid by the day that was promised, what is late, and whose move it is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from members.models import Organisation
from payouts.models import Payable, PaymentPart
from payouts.readiness import Move
from payouts.selectors import payables as selectors
from payouts.selectors.payables import Due, Moving
from payouts.states import PayableState


@dataclass(frozen=True)
class Late:
    """An amount whose promised day is over or near, and whose move it is; `days_left` is negative when it is over."""

    name: str
    reference: str
    entitlement: int
    pay_by: date
    days_left: int
    move: Move


class Kept(NamedTuple):
    """How the promise was kept for amounts of a programme that were paid in a year."""

    programme: str
    payments: int
    in_time: int
    average_days: int

    @property
    def share(self) -> int:
        return round(100 * self.in_time / self.payments)


def late(organisation: Organisation, now: datetime, today: date, within: int = 0) -> list[Late]:
    """Return amounts whose promised day is over, or comes within so many days, the oldest promise first."""
    last = today + timedelta(within)
    due = selectors.due(selectors.to_propose().filter(pay_by__lte=last), organisation, now)
    rows = [_of_due(one, today) for one in due]
    on_the_way = selectors.payables(PayableState.PROPOSED, PayableState.APPROVED)
    found = selectors.moving(on_the_way.filter(pay_by__lte=last), organisation, now)
    planned = _planned(found)
    rows += [_of_moving(one, planned, today) for one in found]
    return sorted(rows, key=lambda row: (row.pay_by, row.reference))


def _of_due(one: Due, today: date) -> Late:
    entitlement = one.entitlement
    assert entitlement.pay_by is not None
    names = ", ".join(member.name for member in one.introducers)
    days = (entitlement.pay_by - today).days
    return Late(names, entitlement.case.reference, entitlement.pk, entitlement.pay_by, days, Move.PROPOSE)


def _of_moving(one: Moving, planned: dict[int, str], today: date) -> Late:
    payable, entitlement = one.payable, one.payable.entitlement
    assert payable.pay_by is not None
    days, move = (payable.pay_by - today).days, _move(one, planned)
    return Late(payable.member.name, entitlement.case.reference, entitlement.pk, payable.pay_by, days, move)


def _move(one: Moving, planned: dict[int, str]) -> Move:
    if one.payable.state == PayableState.PROPOSED:
        return Move.APPROVE
    if one.payable.payroll_lines.all():
        return Move.PAYROLL
    if one.is_contested:
        return Move.SETTLE
    if not one.document:
        return Move.MEMBER if one.look.missing else Move.PRODUCT
    batch = planned.get(one.document.pk)
    return {"proposed": Move.APPROVE_BATCH, "approved": Move.BANK}.get(batch or "", Move.PAY)


def _planned(found: list[Moving]) -> dict[int, str]:
    """Return the state of the batch that pays each document."""
    documents = [one.document.pk for one in found if one.document]
    parts = PaymentPart.objects.filter(document__in=documents, stands=True, payment__state="planned")
    return dict(parts.values_list("document", "payment__batch__state"))


def kept(year: int) -> list[Kept]:
    """Return, by programme, how the promise was kept for what was paid in a year: the share in time, the days it took."""
    paid = Payable.objects.filter(state=PayableState.PAID, adjustment=None, paid_on__year=year)
    rows = paid.filter(pay_by__isnull=False, entitlement__due_on__isnull=False).values_list(
        "entitlement__version__programme__name", "paid_on", "pay_by", "entitlement__due_on"
    )
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for programme, paid_on, pay_by, due in rows:
        assert paid_on is not None
        assert pay_by is not None
        assert due is not None
        row = sums[programme]
        row[0] += 1
        row[1] += paid_on <= pay_by
        row[2] += (paid_on - due).days
    return [Kept(name, count, good, round(days / count)) for name, (count, good, days) in sorted(sums.items())]


def years() -> list[int]:
    """The years in which something was paid, the newest first."""
    return [day.year for day in Payable.objects.filter(paid_on__isnull=False).dates("paid_on", "year", order="DESC")]
