"""Handing amounts to payroll, and marking a month as processed."""

from datetime import date, datetime

from django.db import transaction

from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts import ledger
from payouts.ledger import Booking
from payouts.models import Payable, Payee, PayrollExport, PayrollLine, PayrollRun
from payouts.selectors import payroll
from payouts.selectors.payroll import Wage
from payouts.services import journal
from payouts.services.journal import NewEntry
from payouts.signals import payables_paid
from payouts.states import PayableState


class ProcessedAlreadyError(Exception):
    """Somebody marked this month as processed before, or nothing is in it."""


class NotExportedError(Exception):
    """Payroll was not handed all of the month: lines were written since, or nothing was exported."""


class OwnMoneyError(Exception):
    """Nobody marks a month as processed in which they are paid themselves."""


@transaction.atomic
def export(*, month: date, kind: PayrollExport.Format, by: Member, at: datetime) -> list[Wage]:
    """Hand a month's lines to payroll, and keep that it was done."""
    found = payroll.wages(month)
    PayrollExport.objects.create(
        month=month,
        format=kind,
        lines=len(found),
        total=sum(one.line.gross for one in found),
        exported_by=by,
        exported_at=at,
    )
    return found


@transaction.atomic
def process(*, organisation: Organisation, month: date, on: date, by: Member, at: datetime) -> int:
    """Mark a month as processed: its amounts are paid with the wages of a day; return how many.

    ProcessedAlreadyError, OwnMoneyError; NotExportedError when payroll did not get all of it.
    """
    lock_organisation(organisation.pk)  # no line is written to it meanwhile
    lines = PayrollLine.objects.filter(month=month)
    if PayrollRun.objects.filter(month=month).exists() or not lines.exists():
        raise ProcessedAlreadyError
    if lines.filter(member=by).exists():
        raise OwnMoneyError
    exported = payroll.exports_of(month).values_list("exported_at", flat=True).first()
    if exported is None or lines.filter(written_at__gt=exported).exists():
        raise NotExportedError
    PayrollRun.objects.create(month=month, paid_on=on, processed_by=by, processed_at=at)
    standing = Payable.objects.select_for_update(of=("self",)).filter(
        payroll_lines__in=lines, state=PayableState.APPROVED
    )
    payables = list(standing.order_by("pk"))
    reference = f"payroll {month:%Y-%m}"
    Payable.objects.filter(pk__in=[one.pk for one in payables]).update(
        state=PayableState.PAID, paid_on=on, payment_reference=reference
    )
    journal.post_all([NewEntry(one, Booking.PAID, ledger.paid_with_wages(one.amount), on, by, at) for one in payables])
    payables_paid.send(Payable, payables=[one.pk for one in payables], at=at)
    return len(payables)


@transaction.atomic
def name_employee(*, member: Member, number: str) -> None:
    """Keep an employee's number that payroll knows."""
    Payee.objects.filter(member=member, kind=Payee.Kind.EMPLOYEE).update(employee_number=number)
