"""Finance's pages: what is due, four eyes, what was paid."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kernel.forms import RefusedRow
from kernel.numbers import number
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.models import Member
from members.roles import Role
from payouts.forms.finance import DecisionForm, PaidForm, SendBackForm
from payouts.models import Adjustment, Entitlement, Payable
from payouts.selectors import payables as selectors
from payouts.selectors import payees, pot
from payouts.services import adjusting, paying
from payouts.states import PayableState

OWN_MONEY = gettext_lazy("This is about money that goes to you; someone else has to decide on it.")
MOST = 200
"""Rows that each part of the page shows."""


@for_roles(Role.FINANCE)
@require_safe
def payout_list(request: OrganisationRequest) -> HttpResponse:
    """What is due, what waits for a second pair of eyes, what is to be paid; differences on top."""
    return _page(request)


def _page(request: OrganisationRequest, refused: RefusedRow | None = None) -> HttpResponse:
    now, organisation = timezone.now(), request.organisation
    context = {
        "due": selectors.due(selectors.to_propose()[:MOST], organisation, now),
        "proposed": selectors.moving(selectors.payables(PayableState.PROPOSED)[:MOST], organisation, now),
        "approved": selectors.moving(selectors.payables(PayableState.APPROVED)[:MOST], organisation, now),
        "adjustments": selectors.adjustments()[:MOST],
        "counts": selectors.counts(),
        "most": MOST,
        "paid_form": PaidForm(initial={"on": timezone.localdate(now)}),
        "send_back_form": SendBackForm(),
        "decision_form": DecisionForm(),
        "refused_row": refused,
    }
    return render(request, "payouts/payout_list.html", context, status=422 if refused else 200)


@for_roles(Role.FINANCE)
@require_safe
def entitlement_detail(request: OrganisationRequest, entitlement_id: int) -> HttpResponse:
    """Why an amount is due."""
    related = Entitlement.objects.select_related(
        "case__introducer", "case__candidate", "version__programme", "revenue", "member"
    )
    entitlement = related.filter(pk=entitlement_id, state="due").first()
    if not entitlement:
        raise Http404
    context = {
        "entitlement": entitlement,
        "reasons": selectors.reasons(entitlement),
        "parts": selectors.parts_of(entitlement),
        "pot": pot.pot_with(entitlement.case_id),
        "payables": entitlement.payables.select_related("proposed_by", "approved_by", "sent_back_by").order_by("-pk"),
    }
    return render(request, "payouts/entitlement_detail.html", context)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def propose(request: OrganisationRequest) -> HttpResponse:
    """Propose one or many for payment."""
    if not _chosen(request):
        return _choose_first(request)
    try:
        made = paying.propose(entitlements=_chosen(request), by=request.member, at=timezone.now())
    except paying.NotPayableError:
        messages.error(request, _("One of these is not due any more. Nothing was proposed; look again."))
    else:
        said = ngettext("%(count)d amount was proposed.", "%(count)d amounts were proposed.", len(made))
        messages.success(request, said % {"count": len(made)})
    return redirect("payout_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def approve(request: OrganisationRequest) -> HttpResponse:
    """Approve one or many that someone else proposed."""
    now = timezone.now()
    if not _chosen(request):
        return _choose_first(request)
    try:
        count = paying.approve(payables=_chosen(request), on=timezone.localdate(now), by=request.member, at=now)
    except paying.FourEyesError:
        messages.error(
            request, _("One of these you proposed yourself, or it is paid to you; someone else has to approve it.")
        )
    except paying.NotPayableError:
        messages.error(
            request, _("One of these is not what its case says any more. Nothing was approved; send it back.")
        )
    else:
        said = ngettext("%(count)d amount was approved.", "%(count)d amounts were approved.", count)
        messages.success(request, said % {"count": count})
    return redirect("payout_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def send_back(request: OrganisationRequest, payable_id: int) -> HttpResponse:
    """Send a proposed amount back, with a reason."""
    payable, form = _payable(payable_id), SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, RefusedRow(request.path, form))
    try:
        because = form.cleaned_data["because"]
        paying.send_back(payable=payable, because=because, on=timezone.localdate(), by=request.member)
    except paying.StateChangedError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    except paying.FourEyesError:
        messages.error(request, OWN_MONEY)
    return redirect("payout_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def mark_paid(request: OrganisationRequest, payable_id: int) -> HttpResponse:
    """Record that an amount was paid."""
    payable, form = _payable(payable_id), PaidForm(request.POST)
    if not form.is_valid():
        return _page(request, RefusedRow(request.path, form))
    try:
        paying.mark_paid(payable=payable, by=request.member, at=timezone.now(), **form.cleaned_data)
    except paying.FourEyesError:
        messages.error(request, OWN_MONEY)
    except paying.NotPayableError:
        messages.error(
            request,
            _(
                "This is not paid by hand now: it has no document yet, stands in a payment order, or its document is "
                "contested or being taken back."
            ),
        )
    except paying.StateChangedError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("payout_list", request.organisation.slug)


@for_roles(Role.FINANCE)
@require_safe
@confirmed
def account(request: OrganisationRequest, payable_id: int) -> HttpResponse:
    """Where an amount is to be paid to: the account number in full, for whoever pays, and nowhere else."""
    payable = _payable(payable_id)
    payee = payees.payee_of(payable.member_id)
    line = payable.line
    if payable.state != PayableState.APPROVED or not payee or not payee.iban or not line:
        raise Http404
    if payee.iban_rests_until and payee.iban_rests_until > timezone.now():
        messages.warning(request, _("This account was changed within 72 hours; it is paid to after that."))
        return redirect("payout_list", request.organisation.slug)
    context = {"payable": payable, "payee": payee, "document": line.document}
    return render(request, "payouts/account.html", context)


@for_roles(Role.FINANCE)
@require_POST
@confirmed
def decide(request: OrganisationRequest, adjustment_id: int) -> HttpResponse:
    """Decide on a difference: correct it, or propose to leave it; someone else approves either."""
    related = Adjustment.objects.select_related("payable__member", "payable__entitlement")
    adjustment, form = related.filter(pk=adjustment_id).first(), DecisionForm(request.POST)
    if not adjustment:
        raise Http404
    if not form.is_valid():
        return _page(request, RefusedRow(request.path, form))
    try:
        _settle(adjustment, form.cleaned_data["decision"], form.cleaned_data["note"], request.member)
    except adjusting.SettledAlreadyError:
        messages.warning(request, _("Somebody else decided on this meanwhile."))
    except adjusting.OwnMoneyError:
        messages.error(request, OWN_MONEY)
    except adjusting.FourEyesError:
        messages.error(request, _("You proposed this yourself; someone else has to agree to it."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("payout_list", request.organisation.slug)


def _settle(adjustment: Adjustment, decision: str, note: str, by: Member) -> None:
    now = timezone.now()
    match decision:
        case "correct":
            adjusting.correct(adjustment=adjustment, note=note, by=by, at=now)
        case "propose_waiver":
            adjusting.propose_waiver(adjustment=adjustment, note=note, by=by)
        case "waive":
            adjusting.waive(adjustment=adjustment, note=note, by=by, at=now)
        case "refuse_waiver":
            adjusting.refuse_waiver(adjustment=adjustment, by=by)


def _payable(payable_id: int) -> Payable:
    payable = Payable.objects.select_related("member").filter(pk=payable_id).first()
    if not payable:
        raise Http404
    return payable


def _chosen(request: OrganisationRequest) -> list[int]:
    return [one for text in request.POST.getlist("chosen") if (one := number(text))]


def _choose_first(request: OrganisationRequest) -> HttpResponse:
    messages.warning(request, _("Choose first which amounts."))
    return redirect("payout_list", request.organisation.slug)
