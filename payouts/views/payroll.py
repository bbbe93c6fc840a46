"""What goes to employees with their wages."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST, require_safe

from kernel.exports import csv_file, xlsx_file
from kernel.forms import RefusedRow
from kernel.periods import month_named
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.models import Member
from members.roles import Role
from payouts.forms.finance import EmployeeNumberForm, ProcessedForm
from payouts.models import PayrollExport
from payouts.selectors import payroll as selectors
from payouts.services import payroll as services

Format = PayrollExport.Format


@for_roles(Role.FINANCE)
@require_safe
def payroll(request: OrganisationRequest) -> HttpResponse:
    """What goes to employees with their wages, month by month."""
    return _page(request, month_named(request.GET.get("month", "")))


def _page(
    request: OrganisationRequest,
    month: date | None,
    form: ProcessedForm | None = None,
    refused: RefusedRow | None = None,
) -> HttpResponse:
    months = selectors.payroll_months()
    chosen = month or (months[0] if months else None)
    context = {
        "months": months,
        "chosen": chosen,
        "wages": selectors.wages(chosen) if chosen else [],
        "run": selectors.run_of(chosen) if chosen else None,
        "exports": selectors.exports_of(chosen) if chosen else [],
        "form": form or ProcessedForm(initial={"on": timezone.localdate()}),
        "number_form": EmployeeNumberForm(),
        "refused_row": refused,
    }
    return render(request, "payouts/payroll.html", context, status=422 if form or refused else 200)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def payroll_export(request: OrganisationRequest, month: str) -> HttpResponse:
    """A month's lines for payroll, as CSV or XLSX, with headings that stay the same whoever downloads them."""
    chosen = _known(month)
    wanted = Format.XLSX if request.POST.get("format") == Format.XLSX else Format.CSV
    found = services.export(month=chosen, kind=wanted, by=request.member, at=timezone.now())
    file = xlsx_file if wanted == Format.XLSX else csv_file
    with override(request.organisation.language):
        return file(f"payroll-{chosen:%Y-%m}", selectors.rows(found))


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def payroll_process(request: OrganisationRequest, month: str) -> HttpResponse:
    """Mark a month as processed by payroll."""
    chosen, form = _known(month), ProcessedForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, form)
    try:
        on = form.cleaned_data["on"]
        count = services.process(
            organisation=request.organisation, month=chosen, on=on, by=request.member, at=timezone.now()
        )
    except services.ProcessedAlreadyError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    except services.NotExportedError:
        messages.error(request, _("Payroll did not get all of this month: export it once more, then mark it."))
    except services.OwnMoneyError:
        messages.error(request, _("You are paid in this month yourself; someone else has to do this."))
    else:
        said = ngettext(
            "%(count)d amount was paid with the wages.", "%(count)d amounts were paid with the wages.", count
        )
        messages.success(request, said % {"count": count})
    return _back(request, chosen)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def employee_number(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """Add an employee's number."""
    member, form = Member.objects.filter(pk=member_id).first(), EmployeeNumberForm(request.POST)
    if not member:
        raise Http404
    month = month_named(request.GET.get("month", ""))
    if not form.is_valid():
        return _page(request, month, refused=RefusedRow(request.path, form))
    services.name_employee(member=member, number=form.cleaned_data["number"])
    messages.success(request, _("Saved."))
    return _back(request, month) if month else redirect("payroll", request.organisation.slug)


def _back(request: OrganisationRequest, month: date) -> HttpResponse:
    response = redirect("payroll", request.organisation.slug)
    response["Location"] += f"?month={month:%Y-%m}"
    return response


def _known(text: str) -> date:
    month = month_named(text)
    if not month or month not in selectors.payroll_months():
        raise Http404
    return month
