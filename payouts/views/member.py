"""A member's own money: what was earned, where it goes, the documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import OrganisationRequest, for_leavers_too
from members.confirming import confirmed
from payouts.forms.payees import AgreementForm, PayeeForm
from payouts.models import Payee
from payouts.selectors import agreements, earnings, payees, points
from payouts.services import agreements as agreeing
from payouts.services import payees as services


@for_leavers_too
@require_safe
def earning_list(request: OrganisationRequest) -> HttpResponse:
    """What fell due to the member, year by year; what is missing before it can be paid; the documents."""
    documents = earnings.documents_of(request.member, timezone.localdate())
    context = {
        "years": earnings.years_of(request.member),
        "awaited": earnings.awaited_by(request.member) if request.organisation.is_network else [],
        "points": points.balance_of(request.member),
        "has_catalogue": points.offered().exists(),
        "documents": documents,
        "document_years": list(dict.fromkeys(one.issued_on.year for one, _answered in documents if one.sha256)),
        "payee": payees.payee_of(request.member.pk),
        "missing": payees.missing_of(request.member, request.organisation),
    }
    return render(request, "payouts/earning_list.html", context)


@for_leavers_too
@require_http_methods(["GET", "POST"])
@confirmed
def payee_edit(request: OrganisationRequest) -> HttpResponse:
    """Who the member is in law, and where the money goes."""
    payee = payees.payee_of(request.member.pk)
    initial = {} if payee else {"name": request.member.name, "country": request.organisation.country}
    form = PayeeForm(
        request.POST or None,
        instance=payee or Payee(country=request.organisation.country),
        initial=initial,
        organisation=request.organisation,
    )
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form)):
        messages.success(request, _("Saved."))
        needs_agreement = saved.is_invoiced_for and not agreements.agreement_of(saved)
        return redirect("agreement" if needs_agreement else "earning_list", request.organisation.slug)
    return render(request, "payouts/payee_form.html", {"form": form}, status=422 if form.errors else 200)


def _save(request: OrganisationRequest, form: PayeeForm) -> Payee | None:
    """Keep the details; None when invoices of the days in question were made out already, which the form says then."""
    try:
        return services.save_details(
            organisation=request.organisation,
            member=request.member,
            fields=form.details,
            vat=form.vat,
            at=timezone.now(),
        )
    except services.InvoicedAlreadyError as error:
        form.refuse_since(error.until)
        return None


@for_leavers_too
@require_http_methods(["GET", "POST"])
def agreement(request: OrganisationRequest) -> HttpResponse:
    """The self-billing agreement: read it, accept it."""
    payee = payees.payee_of(request.member.pk)
    if not payee or not payee.is_invoiced_for:
        return redirect("payee_edit", request.organisation.slug)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreeing.accept(
            organisation=request.organisation,
            payee=payee,
            language=translation.get_language() or "en",
            by=request.member,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. From now on invoices are made out for you."))
        return redirect("earning_list", request.organisation.slug)
    context = {
        "form": form,
        "text": agreements.text_for(request.organisation, payee, translation.get_language() or "en"),
        "newest": agreements.in_force(request.organisation).version,
        "accepted": agreements.agreement_of(payee),
    }
    return render(request, "payouts/agreement.html", context, status=422 if form.errors else 200)
