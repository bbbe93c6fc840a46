"""What goes to employees with their wages, month by month."""

from datetime import date

from django.db.models import QuerySet

from payouts.models import PayrollLine
from payouts.states import PayableState


def payroll_months() -> list[date]:
    """The months that have lines for payroll, the newest first."""
    return list(PayrollLine.objects.order_by("-month").values_list("month", flat=True).distinct())


def payroll_lines(month: date) -> QuerySet[PayrollLine]:
    """A month's lines for payroll."""
    related = PayrollLine.objects.filter(month=month).select_related("member", "payable__entitlement__case")
    return related.order_by("member__name", "pk")


def payroll_to_process(month: date) -> QuerySet[PayrollLine]:
    """Those of a month that nobody has marked as paid yet: what an export hands over, also to one made later."""
    return payroll_lines(month).filter(payable__state=PayableState.APPROVED)
