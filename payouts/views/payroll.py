"""What goes to employees with their wages."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.exports import csv_file
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from payouts.selectors import payroll as selectors


@for_roles(Role.FINANCE)
@require_safe
def payroll(request: OrganisationRequest) -> HttpResponse:
    """What goes to employees with their wages, month by month."""
    months = selectors.payroll_months()
    chosen = _month(request.GET.get("month", "")) or (months[0] if months else None)
    lines = selectors.payroll_lines(chosen) if chosen else []
    return render(request, "payouts/payroll.html", {"months": months, "chosen": chosen, "lines": lines})


@for_roles(Role.FINANCE)
@require_safe
def payroll_export(request: OrganisationRequest, month: str) -> HttpResponse:
    """A month's lines that are still to be paid, for payroll, as CSV."""
    chosen = _month(month)
    if not chosen:
        raise Http404
    head = [_("Employee number"), _("Name"), _("Month"), _("Gross"), _("Currency"), _("Reference")]
    lines = [
        [
            line.employee_number,
            line.member.name,
            f"{chosen:%Y-%m}",
            line.gross,
            line.currency,
            line.payable.entitlement.case.reference,
        ]
        for line in selectors.payroll_to_process(chosen)
    ]
    return csv_file(f"payroll-{chosen:%Y-%m}", [head, *lines])


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
