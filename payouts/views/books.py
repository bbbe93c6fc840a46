"""The books: journal, balances, VAT, closing."""

from datetime import date
from itertools import pairwise

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.exports import csv_file, xlsx_file
from kernel.numbers import number
from kernel.periods import month_named
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts.ledger import Account
from payouts.models import YearlyExport
from payouts.selectors import books, promise
from payouts.selectors import forecast as forecasting
from payouts.selectors import yearly as forms
from payouts.selectors.settings import payout_settings
from payouts.services import closing
from payouts.services import reminding as promise_reminders
from payouts.services import yearly as services
from payouts.wording import ACCOUNTS

PER_PAGE = 100
EURO = "EUR"


@for_roles(Role.FINANCE)
@require_safe
def journal(request: OrganisationRequest) -> HttpResponse:
    """Every entry, by account, member and month."""
    account, month = request.GET.get("account", ""), month_named(request.GET.get("month", ""))
    member = number(request.GET.get("member", ""))
    found = books.entries(account=account if account in list(Account) else "", member=member, month=month)
    context = {
        "page": Paginator(books.with_sides(found, member=member), PER_PAGE).get_page(request.GET.get("page")),
        "months": books.months(),
        "month": month,
        "most_sides": books.SIDES,
        "account": account,
        "accounts": ACCOUNTS,
        "closed_until": books.closed_until(),
        "closable": books.closable(timezone.localdate()),
    }
    return render(request, "payouts/journal.html", context)


@for_roles(Role.FINANCE)
@require_safe
def journal_csv(request: OrganisationRequest, month: str) -> HttpResponse:
    """A month's postings for the accountant, with headings that stay the same whoever downloads them."""
    chosen = month_named(month)
    if not chosen:
        raise Http404
    with override(request.organisation.language):
        return csv_file(f"journal-{chosen:%Y-%m}", books.ledger_rows(chosen, payout_settings().account_codes))


@for_roles(Role.FINANCE)
@require_safe
def balances(request: OrganisationRequest) -> HttpResponse:
    """What every account stands at, members one by one, and how old what is open is."""
    ageing = books.ageing(timezone.localdate(), EURO)
    labels = [
        _("%(first)d to %(last)d days late") % {"first": least + 1, "last": most}
        for least, most in pairwise(books.AGES)
    ]
    labels.append(_("more than %(days)d days late") % {"days": books.AGES[-1]})
    context = {
        "balances": books.balances(),
        "members": Paginator(books.of_members(), PER_PAGE).get_page(request.GET.get("page")),
        "ageing": ageing,
        "ages": list(zip(labels, ageing["payable"].old, ageing["receivable"].old, strict=True)),
        "currency": EURO,
    }
    return render(request, "payouts/balances.html", context)


@for_roles(Role.FINANCE)
@require_safe
def promise_kept(request: OrganisationRequest) -> HttpResponse:
    """What was paid by the day that was promised, what is late or nearly, and whose move it is."""
    now, years = timezone.now(), promise.years()
    asked = number(request.GET.get("year", ""))
    chosen = asked if asked in years else (years[0] if years else None)
    context = {
        "late": promise.late(request.organisation, now, timezone.localdate(now), within=promise_reminders.DAYS_BEFORE),
        "years": years,
        "chosen": chosen,
        "kept": promise.kept(chosen) if chosen else [],
    }
    return render(request, "payouts/promise.html", context)


@for_roles(Role.FINANCE)
@require_safe
def vat(request: OrganisationRequest) -> HttpResponse:
    """What the documents of a quarter say of VAT."""
    quarters = books.quarters()
    chosen = next((one for one in quarters if f"{one[0]}-{one[1]}" == request.GET.get("quarter")), None)
    chosen = chosen or (quarters[0] if quarters else None)
    rows = books.vat_of(*chosen) if chosen else []
    return render(request, "payouts/vat.html", {"quarters": quarters, "chosen": chosen, "rows": rows})


@for_roles(Role.FINANCE)
@require_safe
def forecast(request: OrganisationRequest) -> HttpResponse:
    """What will have to be paid, month by month."""
    today = timezone.localdate()
    context: dict[str, object] = {"forecast": forecasting.forecast(request.organisation, today)}
    if request.organisation.is_network:
        context |= {"remittances": forecasting.remittances(today), "awaited": forecasting.awaited()}
    return render(request, "payouts/forecast.html", context)


@for_roles(Role.FINANCE)
@require_safe
def yearly(request: OrganisationRequest) -> HttpResponse:
    """Whom the yearly form of the country names, and what is missing."""
    form, years = forms.form_of(request.organisation), forms.years()
    asked = number(request.GET.get("year", ""))
    chosen = asked if asked in years else (years[0] if years else None)
    context = {
        "form": form,
        "years": years,
        "chosen": chosen,
        "people": forms.people(form, chosen) if form and chosen else [],
        "exports": YearlyExport.objects.filter(year=chosen or 0).select_related("exported_by").order_by("-pk"),
    }
    return render(request, "payouts/yearly.html", context)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def yearly_export(request: OrganisationRequest, year: int) -> HttpResponse:
    """The lines of a year's form, as CSV or XLSX, in the organisation's language."""
    form = forms.form_of(request.organisation)
    if not form or year not in forms.years():
        raise Http404
    found = services.export(form=form, year=year, by=request.member, at=timezone.now())
    file = xlsx_file if request.POST.get("format") == "xlsx" else csv_file
    with override(request.organisation.language):
        return file(f"{form.value}-{year}", forms.rows(form, found))


@for_roles(Role.FINANCE)
@require_http_methods(["GET", "POST"])
@confirmed
def close_months(request: OrganisationRequest) -> HttpResponse:
    """The months that can be closed, with what of each is open still; closes one, and every month before it."""
    if request.method == "POST":
        month = month_named(request.POST.get("month", ""))
        try:
            closing.close(
                organisation=request.organisation, month=month or date.max, by=request.member, at=timezone.now()
            )
        except closing.CannotBeClosedError:
            messages.warning(request, _("Somebody else closed it meanwhile, or it is not over yet."))
        else:
            messages.success(request, _("Closed. What comes later is booked in the next month."))
            return redirect("journal", request.organisation.slug)
    return render(request, "payouts/close_months.html", {"months": books.closable(timezone.localdate())})
