"""A member's own money: what was earned, where it goes, the documents."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.access import OrganisationRequest, for_leavers_too
from payouts import legal
from payouts.forms import AgreementForm, PayeeForm
from payouts.models import Document, Payee
from payouts.selectors import earnings, payees
from payouts.services import payees as services


@for_leavers_too
@require_safe
def earning_list(request: OrganisationRequest) -> HttpResponse:
    """What fell due to the member, year by year; what is missing before it can be paid; the documents."""
    context = {
        "years": earnings.years_of(request.member),
        "points": earnings.points_of(request.member),
        "documents": earnings.documents_of(request.member),
        "payee": payees.payee_of(request.member.pk),
        "missing": payees.missing_of(request.member, request.organisation),
    }
    return render(request, "payouts/earning_list.html", context)


@for_leavers_too
@require_http_methods(["GET", "POST"])
@reauthentication_required
def payee_edit(request: OrganisationRequest) -> HttpResponse:
    """Who the member is in law, and where the money goes."""
    payee = payees.payee_of(request.member.pk)
    initial = {} if payee else {"name": request.member.name, "country": request.organisation.country}
    form = PayeeForm(
        request.POST or None, instance=payee or Payee(country=request.organisation.country), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        saved = services.save_details(
            organisation=request.organisation, member=request.member, fields=form.cleaned_data, at=timezone.now()
        )
        messages.success(request, _("Saved."))
        needs_agreement = saved.kind == Payee.Kind.ENTERPRISE and not payees.has_agreed(saved)
        return redirect("agreement" if needs_agreement else "earning_list", request.organisation.slug)
    return render(request, "payouts/payee_form.html", {"form": form}, status=422 if form.errors else 200)


@for_leavers_too
@require_http_methods(["GET", "POST"])
def agreement(request: OrganisationRequest) -> HttpResponse:
    """The self-billing agreement: read it, accept it."""
    payee = payees.payee_of(request.member.pk)
    if not payee or payee.kind != Payee.Kind.ENTERPRISE:
        return redirect("payee_edit", request.organisation.slug)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.agree_to_self_billing(
            organisation=request.organisation,
            payee=payee,
            language=translation.get_language() or "en",
            by=request.member,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. From now on invoices are made out for you."))
        return redirect("earning_list", request.organisation.slug)
    customer = request.organisation.legal_name or request.organisation.name
    context = {
        "form": form,
        "text": legal.agreement(customer=customer, supplier=payee.name),
        "accepted": payees.agreement_of(payee),
    }
    return render(request, "payouts/agreement.html", context, status=422 if form.errors else 200)


@for_leavers_too
@require_safe
def document_pdf(request: OrganisationRequest, document_id: int) -> FileResponse:
    """A document as it was issued: for the payee whose it is, and for finance."""
    document = Document.objects.filter(pk=document_id).exclude(sha256="").first()
    if not document or not (request.member.is_finance or document.member_id == request.member.pk):
        raise Http404
    name = f"{document.number}.pdf"
    return FileResponse(document.pdf.open(), as_attachment=True, filename=name, content_type="application/pdf")
