"""Members' own invoices: sent by them, entered and matched by finance."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.xml import RefusedXmlError
from members.access import OrganisationRequest, for_leavers_too, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts.forms.claims import EnteredForm, OwnInvoiceForm
from payouts.forms.finance import ReasonForm
from payouts.models import ReceivedInvoice
from payouts.selectors import claims
from payouts.selectors.claims import Bill
from payouts.services import claiming
from payouts.ubl.reading import NotUblError
from payouts.wording import difference_of_invoice

DECIDED = gettext_lazy("Somebody else decided on this meanwhile.")


@for_leavers_too
@require_http_methods(["GET", "POST"])
def own_invoice(request: OrganisationRequest) -> HttpResponse:
    """What the member can invoice now, what has to stand on it, and where to send it."""
    bills = claims.bills(request.organisation, request.member)
    form, chosen = OwnInvoiceForm(request.POST or None, request.FILES or None), None
    if request.method == "POST":
        chosen = next((bill for bill in bills if bill.key == request.POST.get("bill")), None)
        if not chosen:
            messages.warning(request, _("Something changed meanwhile: look at what can be invoiced now."))
            return redirect("own_invoice", request.organisation.slug)
        if form.is_valid() and _send(request, form, chosen):
            return redirect("earning_list", request.organisation.slug)
    context = {
        "bills": bills,
        "form": form,
        "chosen": chosen,
        "sent": claims.received().filter(member=request.member).order_by("-sent_at")[:20],
    }
    return render(request, "payouts/own_invoice.html", context, status=422 if form.errors else 200)


def _send(request: OrganisationRequest, form: OwnInvoiceForm, bill: Bill) -> bool:
    """Send an invoice; False when something has to be put right, which the form says then."""
    content, now = form.cleaned_data["file"].read(), timezone.now()
    try:
        if form.is_pdf:
            claiming.send_pdf(bill=bill, content=content, by=request.member, at=now)
            messages.success(request, _("Thank you. Finance looks at it, and you hear when it is paid."))
        else:
            claiming.send_ubl(organisation=request.organisation, bill=bill, content=content, at=now)
            messages.success(request, _("Thank you. It is right, and goes on to be paid."))
    except claiming.DiffersError as error:
        for difference in error.differences:
            form.add_error("file", difference_of_invoice(difference))
    except RefusedXmlError:
        form.add_error("file", _("This is no XML file that we read."))
    except NotUblError as error:
        said = _("This is no UBL invoice that we understand: look at “%(element)s” in it.")
        form.add_error("file", said % {"element": error})
    except claiming.DecidedAlreadyError:
        form.add_error("file", _("Something changed meanwhile: look at what can be invoiced now."))
    else:
        return True
    return False


@for_roles(Role.FINANCE)
@require_http_methods(["GET", "POST"])
@confirmed
def received_detail(request: OrganisationRequest, received_id: int) -> HttpResponse:
    """Enter what a member's PDF says, beside what is owed; or send it back."""
    received = _received(received_id)
    if received.state != ReceivedInvoice.State.WAITING:
        messages.info(request, DECIDED)
        return redirect("document_list", request.organisation.slug)
    if received.member_id == request.member.pk:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
        return redirect("document_list", request.organisation.slug)
    form = EnteredForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _match(request, form, received):
        return redirect("document_list", request.organisation.slug)
    return _received_page(request, received, form, ReasonForm())


def _received_page(
    request: OrganisationRequest, received: ReceivedInvoice, form: EnteredForm, reason: ReasonForm
) -> HttpResponse:
    bill = claims.bill_of(request.organisation, received)
    context = {"received": received, "bill": bill, "form": form, "reason": reason}
    status = 422 if form.errors or reason.errors else 200
    return render(request, "payouts/received_detail.html", context, status=status)


def _match(request: OrganisationRequest, form: EnteredForm, received: ReceivedInvoice) -> bool:
    """Match an invoice with what is owed; False when it differs, which the form says then."""
    try:
        claiming.match(
            organisation=request.organisation,
            received=received,
            claimed=form.claimed,
            by=request.member,
            at=timezone.now(),
        )
    except claiming.DiffersError as error:
        for difference in error.differences:
            form.add_error(None, difference_of_invoice(difference))
        return False
    except claiming.DecidedAlreadyError:
        messages.warning(request, DECIDED)
        return True
    messages.success(request, _("Matched: it goes on to be paid."))
    return True


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def received_refuse(request: OrganisationRequest, received_id: int) -> HttpResponse:
    """Send an invoice back to the member, with what has to be put right."""
    received, form = _received(received_id), ReasonForm(request.POST)
    if received.member_id == request.member.pk:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
    elif not form.is_valid():
        return _received_page(request, received, EnteredForm(), form)
    else:
        try:
            because = form.cleaned_data["because"]
            claiming.refuse(received=received, because=because, by=request.member, at=timezone.now())
        except claiming.DecidedAlreadyError:
            messages.warning(request, DECIDED)
        else:
            messages.success(request, _("The member was told what has to be put right."))
    return redirect("document_list", request.organisation.slug)


@for_leavers_too
@require_safe
def received_file(request: OrganisationRequest, received_id: int) -> FileResponse:
    """An invoice as it was sent: for the member who sent it, and for finance."""
    received = _received(received_id)
    if not (request.member.is_finance or received.member_id == request.member.pk):
        raise Http404
    response = FileResponse(received.file.open(), as_attachment=True, filename=f"invoice-{received.pk}.pdf")
    response["Content-Type"] = "application/pdf"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _received(received_id: int) -> ReceivedInvoice:
    received = claims.received().filter(pk=received_id).first()
    if not received:
        raise Http404
    return received
