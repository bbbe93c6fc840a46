"""What goes to employees with their wages, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from payouts.models import Payee, PayrollExport, PayrollLine, PayrollRun
from payouts.selectors.settings import payout_settings


@dataclass(frozen=True)
class Wage:
    """A line with the employee's number and the wage code under which payroll books it; either may be missing."""

    line: PayrollLine
    employee_number: str
    wage_code: str


def payroll_months() -> list[date]:
    """The months that have lines for payroll, the newest first."""
    return list(PayrollLine.objects.order_by("-month").values_list("month", flat=True).distinct())


def wages(month: date) -> list[Wage]:
    """Return a month's lines, by name: a fixed number of queries."""
    related = PayrollLine.objects.select_related(
        "member", "payable__entitlement__case", "payable__entitlement__version"
    )
    lines = list(related.filter(month=month).order_by("member__name", "member", "pk"))
    numbers = dict(
        Payee.objects.filter(member__in=[one.member_id for one in lines]).values_list("member", "employee_number")
    )
    settings = payout_settings()
    return [
        Wage(
            one,
            one.employee_number or numbers.get(one.member_id, ""),
            settings.wage_codes.get(str(one.payable.entitlement.version.programme_id)) or settings.wage_code,
        )
        for one in lines
    ]


def rows(found: Sequence[Wage]) -> list[list[object]]:
    """Return lines as payroll gets them, the head first, in the language in force."""
    head: list[object] = [
        _("Employee number"), _("Name"), _("Wage code"), _("Month"), _("Gross"), _("Currency"), _("Reference")
    ]  # fmt: skip
    body = [
        [
            one.employee_number,
            one.line.member.name,
            one.wage_code,
            f"{one.line.month:%Y-%m}",
            one.line.gross,
            one.line.currency,
            one.line.payable.entitlement.case.reference,
        ]
        for one in found
    ]
    return [head, *body]


def run_of(month: date) -> PayrollRun | None:
    """Return that payroll processed a month; None while it did not."""
    return PayrollRun.objects.select_related("processed_by").filter(month=month).first()


def exports_of(month: date) -> QuerySet[PayrollExport]:
    """What was handed to payroll of a month, the newest first."""
    return PayrollExport.objects.select_related("exported_by").filter(month=month).order_by("-exported_at")


def open_month(today: date) -> date:
    """Return the month whose lines payroll takes now: this one, or the first after it that was not processed."""
    month, closed = today.replace(day=1), set(PayrollRun.objects.values_list("month", flat=True))
    while month in closed:
        month = (month + timedelta(32)).replace(day=1)
    return month
