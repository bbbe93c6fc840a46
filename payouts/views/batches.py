"""Payment batches: what is ready, the screen before it is approved, the file for the bank."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.forms import RefusedRow
from kernel.money import ZERO
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.models import Member
from members.roles import Role
from payouts.forms.finance import BankRefusalForm, BatchForm, ExecutedForm, PaidForm
from payouts.models import Batch, Payment
from payouts.selectors import batches as selectors
from payouts.selectors.ready import ready
from payouts.selectors.settings import payout_settings
from payouts.sepa import calendar
from payouts.services import batching, paying

CHANGED = gettext_lazy("Somebody else decided on this meanwhile.")
MOST = 500
PER_PAGE = 100


@for_roles(Role.FINANCE)
@require_http_methods(["GET", "POST"])
@confirmed
def batch_list(request: OrganisationRequest) -> HttpResponse:
    """What is ready to be paid by bank, and every batch; a new one is proposed here."""
    form = BatchForm(request.POST or None, initial=_next_day())
    if request.method == "POST" and form.is_valid() and (batch := _propose(request, form)):
        return redirect("batch_detail", request.organisation.slug, batch.pk)
    return _list(request, form)


def _next_day() -> dict[str, date]:
    return {"execute_on": calendar.next_settlement(timezone.localdate())}


def _list(request: OrganisationRequest, form: BatchForm, refused: RefusedRow | None = None) -> HttpResponse:
    now = timezone.now()
    rows = ready(request.organisation, batching.EURO, now)
    context = {
        "form": form,
        "ready": [row for row in rows if not row.left_out],
        "left_out": [row for row in rows if row.left_out],
        "batches": Paginator(selectors.batches(), PER_PAGE).get_page(request.GET.get("page")),
        "settings": payout_settings(),
        "most": MOST,
        "set_off_form": PaidForm(initial={"on": timezone.localdate(now), "reference": _("Set off")}),
        "refused_row": refused,
    }
    return render(request, "payouts/batch_list.html", context, status=422 if form.errors or refused else 200)


@for_roles(Role.FINANCE)
@require_safe
def batch_detail(request: OrganisationRequest, batch_id: int) -> HttpResponse:
    """What is about to be paid, and what has a warning; then how it went."""
    return _detail(request, _batch(batch_id))


def _detail(
    request: OrganisationRequest, batch: Batch, executed: ExecutedForm | None = None, refused: RefusedRow | None = None
) -> HttpResponse:
    page = Paginator(batch.payments.order_by("pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "page": page,
        "rows": selectors.reviewed(list(page), request.organisation, timezone.now()),
        "sums": selectors.sums(batch),
        "warned": selectors.warned(batch, request.organisation, timezone.now()) if batch.state == "proposed" else [],
        "executed_form": executed or ExecutedForm(initial={"on": timezone.localdate()}),
        "refusal_form": BankRefusalForm(),
        "refused_row": refused,
        "can_approve": batch.proposed_by_id != request.member.pk
        and not batch.payments.filter(member=request.member, state=Payment.State.PLANNED).exists(),
    }
    return render(request, "payouts/batch_detail.html", context, status=422 if executed or refused else 200)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def batch_approve(request: OrganisationRequest, batch_id: int) -> HttpResponse:
    """Approve a batch as a whole."""
    batch = _batch(batch_id)
    try:
        batching.approve(batch=batch, by=request.member, at=timezone.now())
    except batching.FourEyesError:
        messages.error(request, _("You proposed this batch, or it pays you; someone else has to approve it."))
    except batching.NoSettlementDayError:
        messages.error(request, _("Its day of execution is over. Cancel it and propose it again."))
    except batching.StaleError as error:
        said = _("Something changed since this was proposed. Leave these payments out first: %(names)s.")
        messages.error(request, said % {"names": ", ".join(error.names[:10])})
    except batching.StateChangedError:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, _("Approved. Fetch the file and hand it to the bank."))
    return redirect("batch_detail", request.organisation.slug, batch.pk)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def payment_refused(request: OrganisationRequest, payment_id: int) -> HttpResponse:
    """Record that the bank refused a payment, and why."""
    payment = Payment.objects.filter(pk=payment_id, batch__isnull=False).select_related("batch").first()
    if not payment or not payment.batch:
        raise Http404
    form = BankRefusalForm(request.POST)
    if not form.is_valid():
        return _detail(request, _batch(payment.batch.pk), refused=RefusedRow(request.path, form))
    try:
        batching.refuse(payment=payment, because=form.cleaned_data["because"], by=request.member)
    except batching.FourEyesError:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
    except batching.StateChangedError:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, _("Recorded; what it pays is ready to be paid again."))
    return redirect("batch_detail", request.organisation.slug, payment.batch_id)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def batch_cancel(request: OrganisationRequest, batch_id: int) -> HttpResponse:
    """Give a proposed batch up."""
    batch = _batch(batch_id)
    try:
        batching.cancel(batch=batch)
    except batching.StateChangedError:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, _("Cancelled; everything in it is ready to be paid again."))
    return redirect("batch_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def payment_leave_out(request: OrganisationRequest, payment_id: int) -> HttpResponse:
    """Take a payment out of a proposed batch."""
    payment = Payment.objects.filter(pk=payment_id, batch__isnull=False).first()
    if not payment:
        raise Http404
    try:
        batching.leave_out(payment=payment)
    except batching.StateChangedError:
        messages.warning(request, CHANGED)
    return redirect("batch_detail", request.organisation.slug, payment.batch_id)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def set_off(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """Settle documents of a member that cancel each other out."""
    member, form = Member.objects.filter(pk=member_id).first(), PaidForm(request.POST)
    if not member:
        raise Http404
    if not form.is_valid():
        return _list(request, BatchForm(initial=_next_day()), RefusedRow(request.path, form))
    try:
        paying.set_off(
            organisation=request.organisation,
            member=member,
            amount=ZERO,
            currency=batching.EURO,
            by=request.member,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except paying.FourEyesError:
        messages.error(request, _("This is about money that goes to you; someone else has to decide on it."))
    except paying.NotPayableError:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, _("Recorded."))
    return redirect("batch_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def batch_file(request: OrganisationRequest, batch_id: int) -> HttpResponse:
    """The file for the bank; the same bytes each time."""
    batch = _batch(batch_id)
    try:
        content = batching.fetch(batch=batch, at=timezone.now())
    except batching.StateChangedError:
        messages.warning(request, _("Only an approved batch has a file."))
        return redirect("batch_detail", request.organisation.slug, batch.pk)
    name = f"{request.organisation.slug}-batch-{batch.number:06d}.xml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/xml", headers=headers)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def batch_executed(request: OrganisationRequest, batch_id: int) -> HttpResponse:
    """Record that the bank executed a batch, where no statement is imported."""
    batch, form = _batch(batch_id), ExecutedForm(request.POST)
    if not form.is_valid():
        return _detail(request, batch, executed=form)
    try:
        on = form.cleaned_data["on"]
        count = batching.mark_executed(batch=batch, on=on, by=request.member, at=timezone.now())
    except batching.StateChangedError:
        messages.warning(request, CHANGED)
    else:
        said = ngettext("%(count)d payment was recorded.", "%(count)d payments were recorded.", count)
        messages.success(request, said % {"count": count})
    return redirect("batch_detail", request.organisation.slug, batch.pk)


def _propose(request: OrganisationRequest, form: BatchForm) -> Batch | None:
    """Propose a batch; None when there is a reason not to, which the form says then."""
    try:
        return batching.propose(
            organisation=request.organisation, by=request.member, at=timezone.now(), **form.cleaned_data
        )
    except batching.NoAccountError:
        form.add_error(None, _("The organisation has named no account to pay from; an administrator does that."))
    except batching.NothingToPayError:
        form.add_error(None, _("Nothing that was promised until this day is ready."))
    except batching.NoSettlementDayError:
        form.add_error("execute_on", _("Banks settle nothing on this day."))
    return None


def _batch(batch_id: int) -> Batch:
    batch = selectors.batches().filter(pk=batch_id).first()
    if not batch:
        raise Http404
    return batch
