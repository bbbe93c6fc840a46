"""Documents: finance's list, the page of each, and what members and finance say to them."""

from datetime import MAXYEAR, MINYEAR

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.access import OrganisationRequest, for_leavers_too, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts import payment_codes
from payouts.forms.finance import ReasonForm, ReplyForm
from payouts.models import Document, DocumentAnswer, ReceivedInvoice
from payouts.selectors import arrears, claims, documents, payees, statements, transmissions, waiting
from payouts.selectors.settings import payout_settings
from payouts.services import answering, crediting, rendering, transmitting
from payouts.wording import NOT_CREDITED

PER_PAGE, MOST_GIVEN_BACK = 50, 200
LONGEST_SEARCH = 80


@for_roles(Role.FINANCE)
@require_safe
def document_list(request: OrganisationRequest) -> HttpResponse:
    """Every document that was issued, the newest first; those that members contest on top."""
    today, wanted = timezone.localdate(), request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    only_open = "open" in request.GET
    page = Paginator(documents.documents(wanted, only_open=only_open), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "only_open": only_open,
        "left": statements.left_of(page),
        "contested": documents.contested(),
        "stuck": transmissions.stuck(),
        "undrawn": documents.undrawn(),
        "received": claims.received().filter(state=ReceivedInvoice.State.WAITING),
        "to_be_invoiced": waiting.to_be_invoiced(payout_settings(), today),
        "today": today,
    }
    return render(request, "payouts/document_list.html", context)


@for_roles(Role.FINANCE)
@require_safe
def arrears_list(request: OrganisationRequest) -> HttpResponse:
    """Invoices that members are late to pay, by member, with the reminders that were sent; and what they paid too much."""
    found = arrears.arrears(timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    overpaid = statements.overpaid_sales()[:MOST_GIVEN_BACK]
    return render(request, "payouts/arrears.html", {"page": page, "overpaid": overpaid})


@for_leavers_too
@require_safe
def document_detail(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """What a document says, where it stands, and what can be said to it: for the member whose it is, and for finance."""
    return _page(request, _own_or_finance(request, document_id))


@for_leavers_too
@require_safe
def document_pdf(request: OrganisationRequest, document_id: int) -> FileResponse:
    """A document as it was issued."""
    document = _own_or_finance(request, document_id)
    if not document.pdf:
        raise Http404
    name = f"{documents.file_name(document)}.pdf"
    return FileResponse(document.pdf.open(), as_attachment=True, filename=name, content_type="application/pdf")


@for_leavers_too
@require_safe
def document_ubl(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """A document as UBL, for bookkeeping."""
    document = _own_or_finance(request, document_id)
    if not documents.has_ubl(document):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{documents.file_name(document)}.xml"'}
    return HttpResponse(documents.ubl_of(document), content_type="application/xml", headers=headers)


@for_leavers_too
@require_safe
def documents_of_year(request: OrganisationRequest, year: int) -> HttpResponse:
    """All of a member's documents of a year in one file."""
    content = documents.year_as_zip(request.member, year) if MINYEAR <= year <= MAXYEAR else None
    if content is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{request.organisation.slug}-{year}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@for_leavers_too
@require_POST
def document_accept(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """The member accepts a document."""
    document = _own(request, document_id)
    try:
        answering.accept(document=document, by=request.member, at=timezone.now())
    except answering.AnsweredAlreadyError:
        messages.warning(request, _("This was answered already, or its days to contest are over."))
    else:
        messages.success(request, _("Thank you: you accepted it."))
    return redirect("document_detail", request.organisation.slug, document.pk)


@for_leavers_too
@require_POST
def document_contest(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """The member contests a document, with a reason."""
    document, form = _own(request, document_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, document, contest=form)
    try:
        because = form.cleaned_data["because"]
        answering.contest(document=document, because=because, by=request.member, at=timezone.now())
    except answering.AnsweredAlreadyError:
        messages.warning(request, _("This was answered already, or its days to contest are over."))
    else:
        messages.success(request, _("Finance was told. It is not paid before they answered you."))
    return redirect("document_detail", request.organisation.slug, document.pk)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def contest_settle(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """Finance answers a contest: the document stands."""
    document, form = _own_or_finance(request, document_id), ReplyForm(request.POST)
    if document.member_id == request.member.pk:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
        return redirect("document_detail", request.organisation.slug, document.pk)
    if not form.is_valid():
        return _page(request, document, reply=form)
    try:
        outcome, reply = DocumentAnswer.Outcome.STANDS, form.cleaned_data["reply"]
        answering.settle(document=document, outcome=outcome, reply=reply, by=request.member, at=timezone.now())
    except answering.SettledAlreadyError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    else:
        messages.success(request, _("The member was told; it can be paid again."))
    return redirect("document_detail", request.organisation.slug, document.pk)


@for_roles(Role.FINANCE)
@require_POST
def document_draw(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """Try a picture once more that was given up."""
    document = _own_or_finance(request, document_id)
    rendering.try_again(document=document)
    return redirect("document_detail", request.organisation.slug, document.pk)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def document_credit(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """Take a document back as a whole."""
    document, form = _own_or_finance(request, document_id), ReasonForm(request.POST)
    if document.member_id == request.member.pk:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
        return redirect("document_detail", request.organisation.slug, document.pk)
    if not form.is_valid():
        return _page(request, document, credit=form)
    try:
        because = form.cleaned_data["because"]
        crediting.order(document=document, because=because, by=request.member, at=timezone.now())
    except crediting.CannotBeCreditedError as error:
        messages.error(request, NOT_CREDITED[str(error)])
    else:
        messages.success(request, _("The credit note is being made out."))
    return redirect("document_detail", request.organisation.slug, document.pk)


@for_roles(Role.FINANCE)
@require_POST
def document_send(request: OrganisationRequest, document_id: int) -> HttpResponse:
    """Send a document once more that was refused, or never arrived."""
    document = _own_or_finance(request, document_id)
    try:
        transmitting.send_again(document=document, payee=payees.payee_of(document.member_id), at=timezone.now())
    except transmitting.NotToBeSentError:
        messages.warning(request, _("It is on its way already, or this member is not reached over Peppol."))
    else:
        messages.success(request, _("It is sent again."))
    return redirect("document_detail", request.organisation.slug, document.pk)


def _own_or_finance(request: OrganisationRequest, document_id: int) -> Document:
    document = documents.documents().filter(pk=document_id).first()
    if not document or not (request.member.is_finance or document.member_id == request.member.pk):
        raise Http404
    return document


def _own(request: OrganisationRequest, document_id: int) -> Document:
    document = documents.documents().filter(pk=document_id, member=request.member).first()
    if not document:
        raise Http404
    return document


def _page(
    request: OrganisationRequest,
    document: Document,
    *,
    contest: ReasonForm | None = None,
    reply: ReplyForm | None = None,
    credit: ReasonForm | None = None,
) -> HttpResponse:
    if document.emptied_at:
        return render(request, "payouts/document_emptied.html", {"document": document})
    paper, standing = documents.paper_of(document), documents.standing_of(document, timezone.localdate())
    is_own = document.member_id == request.member.pk
    context = {
        "document": document,
        "paper": paper,
        "to_pay": payment_codes.to_pay(paper, standing.left) if is_own and document.is_sale else None,
        "has_ubl": documents.has_ubl(document),
        "standing": standing,
        "transmission": transmissions.transmission_of(document),
        "is_own": is_own,
        "contest_form": contest or ReasonForm(),
        "reply_form": reply or ReplyForm(),
        "credit_form": credit or ReasonForm(),
    }
    status = 422 if contest or reply or credit else 200
    return render(request, "payouts/document_detail.html", context, status=status)
