"""Charging a member: looked at as the invoice will say it, and then made out just so, once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.previews import Preview, StaleError
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.roles import Role
from payouts.forms.finance import ChargeForm
from payouts.models import Charge
from payouts.selectors import documents
from payouts.selectors.charges import expected
from payouts.services import charging


@for_roles(Role.FINANCE)
@require_http_methods(["GET", "POST"])
@confirmed
def charge(request: OrganisationRequest) -> HttpResponse:
    """Look at what a member is to be charged; then the worker makes the invoice out."""
    if "signed" in request.POST:
        return _charge(request, request.POST["signed"])
    form, today = ChargeForm(request.POST or None, initial={"supplied_on": timezone.localdate()}), timezone.localdate()
    context: dict[str, Any] = {"form": form, "waiting": documents.uninvoiced(request.organisation)}
    if request.method == "POST" and form.is_valid():
        looked_at = Charge(**form.cleaned_data)
        context |= {
            "looked_at": looked_at,
            "expected": expected(request.organisation, looked_at, today),
            "signed": _preview(request).seal(_typed(looked_at)),
        }
    return render(request, "payouts/charge.html", context, status=422 if form.errors else 200)


def _charge(request: OrganisationRequest, signed: str) -> HttpResponse:
    """Charge what was looked at, once."""
    try:
        form = ChargeForm(_preview(request).opened(signed))
    except StaleError:
        messages.error(request, _("Too much time has passed since you looked. Look at it again."))
        return redirect("charge", request.organisation.slug)
    if not form.is_valid():
        messages.error(request, _("Something changed since you looked. Look at it again."))
        return redirect("charge", request.organisation.slug)
    charging.charge_once(
        organisation=request.organisation,
        fields=form.cleaned_data,
        looked_at=signed,
        by=request.member,
        at=timezone.now(),
    )
    messages.success(request, _("Charged. The invoice is being made out."))
    return redirect("document_list", request.organisation.slug)


def _typed(charge: Charge) -> dict[str, str]:
    """A charge as the form takes it."""
    names = ("kind", "description", "amount", "supplied_on")
    return {"member": str(charge.member_id), **{name: str(getattr(charge, name)) for name in names}}


def _preview(request: OrganisationRequest) -> Preview:
    return Preview("charge", request.organisation.pk, request.member.pk)
