"""Assignments that members landed: the contribution declared, turnover by month, and how far the remittance is."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel.forms import RefusedRow
from members.access import OrganisationRequest, for_leavers_too, for_members, for_roles
from members.limiting import limited
from members.roles import Role
from payouts.selectors import assignments as selectors
from payouts.selectors.landed import Assignment, coming
from referrals.forms.cases import LeaveForm
from referrals.forms.opportunities import DeclarationForm, TurnoverForm
from referrals.models import Opportunity, Placement
from referrals.selectors import opportunities
from referrals.services import assignments
from referrals.services.assignments import Month

PER_PAGE = 50
LIVE = {"standing": "payouts/_standing.html", "parties": "payouts/_parties.html"}
"""Parts of the page that are looked at again while they are reckoned, by the first part of their ids."""


@for_leavers_too
@require_safe
def assignment_list(request: OrganisationRequest) -> HttpResponse:
    """What a member landed, with the months of which the turnover is missing."""
    found = selectors.of_performer(request.member, timezone.localdate())
    return render(request, "payouts/assignment_list.html", {"assignments": found, "sent": {}})


@for_roles(Role.FINANCE)
@require_safe
def assignment_everyone(request: OrganisationRequest) -> HttpResponse:
    """What all members landed: how far each is, and of which months the turnover is missing; also of those who left."""
    page = Paginator(selectors.of_everyone(), PER_PAGE).get_page(request.GET.get("page"))
    found = selectors.assignments(page, timezone.localdate())
    return render(request, "payouts/assignment_everyone.html", {"page": page, "assignments": found})


@for_leavers_too
@require_safe
def assignment_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """What became of an opportunity: for who works there, who shared it, and those who have to do with its money."""
    return _page(request, _opportunity(request, reference))


@for_leavers_too
@require_POST
@limited
def assignment_declare(request: OrganisationRequest, reference: str) -> HttpResponse:
    """The performer declares how much the contribution was worth, alone and on trust; for who left, finance as they were told."""
    opportunity, placement = _said_by(request, reference)
    form = _declaration(_known(placement), request.POST)
    if not form.is_valid():
        return _page(request, opportunity, declared={placement.pk: form})
    now = timezone.now()
    level, today = form.cleaned_data["level"], timezone.localdate(now)
    try:
        assignments.declare(placement=placement, level=level, on=today, by=request.member, at=now)
    except assignments.NotWonError:
        messages.warning(request, _("Say first that you landed it."))
    except assignments.DeclaredError:
        messages.warning(request, _("Another of you declared it: it is theirs to change."))
    else:
        is_own = placement.performer_id == request.member.pk
        messages.success(request, _("Declared. Thank you: nobody checks it.") if is_own else _("Recorded."))
    return redirect("assignment_detail", request.organisation.slug, reference)


@for_leavers_too
@require_POST
@limited
def assignment_turnover(request: OrganisationRequest, reference: str) -> HttpResponse:
    """The performer says what the turnover of one month was, or of several; of who left, finance does."""
    opportunity, placement = _said_by(request, reference)
    sent = _months_sent(request, placement)
    if not sent:
        messages.warning(request, _("Type the turnover of a month first."))
        return redirect("assignment_detail", request.organisation.slug, reference)
    wrong = [form for form in sent.values() if form.errors]  # each says what is wrong with it
    if wrong:
        return _page(request, opportunity, sent=sent)
    months = [Month(placement, **form.cleaned_data) for form in sent.values()]
    try:
        assignments.set_many_turnovers(months=months, by=request.member, at=timezone.now())
    except assignments.NotWonError:
        first = min(sent.values(), key=lambda form: form.cleaned_data["month"])
        first.add_error("amount", _("This month is before the assignment was landed."))
        return _page(request, opportunity, sent=sent)
    messages.success(request, _("Recorded. What is remitted of it stands here in a moment."))
    back = "assignment_list" if "list" in request.POST else "assignment_detail"
    args = () if back == "assignment_list" else (reference,)
    return redirect(back, request.organisation.slug, *args)


@for_leavers_too
@require_POST
@limited
def assignment_end(request: OrganisationRequest, reference: str) -> HttpResponse:
    """The performer says that the assignment ended, or that it goes on; of who left, finance does."""
    opportunity, placement = _said_by(request, reference)
    now = timezone.now()
    if "resume" in request.POST:
        assignments.resume(placement=placement, by=request.member, at=now)
        return redirect("assignment_detail", request.organisation.slug, reference)
    form = _ending(placement, request.POST)
    if not form.is_valid():
        return _page(request, opportunity, ended={placement.pk: form})
    try:
        assignments.end(placement=placement, on=form.cleaned_data["on"], by=request.member, at=now)
    except assignments.NotWonError:
        messages.warning(request, _("Say first that you landed it."))
    return redirect("assignment_detail", request.organisation.slug, reference)


@for_members
@require_POST
@limited
def assignment_take_back(request: OrganisationRequest, reference: str, key: str) -> HttpResponse:
    """Say that somebody did not land it after all: themselves, or who shared it; only while there was no turnover."""
    opportunity = _opportunity(request, reference)
    found = Placement.objects.filter(case=opportunity.case_id, key=key, performer__isnull=False)
    placement = found.select_related("case").first()
    is_own = placement is not None and placement.performer_id == request.member.pk
    if not placement or not (is_own or opportunities.leads(request.member, opportunity)):
        raise Http404
    try:
        assignments.take_back(placement=placement, by=request.member, at=timezone.now())
    except assignments.TurnoverExistsError:
        messages.error(request, _("There was turnover already: it cannot be taken back."))
        return redirect("assignment_detail", request.organisation.slug, reference)
    messages.success(request, _("Taken back: it is open again."))
    return redirect("opportunity_detail", request.organisation.slug, reference)


def _opportunity(request: OrganisationRequest, reference: str) -> Opportunity:
    found = opportunities.opportunity_for(request.member, reference)
    if not found and request.member.is_finance and not request.member.is_gone:
        found = Opportunity.objects.select_related("case__introducer").filter(case__reference=reference).first()
    if not found:
        raise Http404
    return found


def _own(request: OrganisationRequest, reference: str) -> tuple[Opportunity, Placement]:
    opportunity = _opportunity(request, reference)
    own = Placement.objects.filter(case=opportunity.case_id, performer=request.member)
    placement = own.select_related("case", "performer__user").first()
    if not placement:
        raise Http404
    return opportunity, placement


def _said_by(request: OrganisationRequest, reference: str) -> tuple[Opportunity, Placement]:
    """The placement of which a member says something: their own; finance, the one they name of somebody who left.

    Nobody says it where they earn by it, or owe, themselves.
    """
    key = request.POST.get("key", "")
    if not key or not request.member.is_finance or request.member.is_gone:
        return _own(request, reference)
    opportunity = _opportunity(request, reference)
    if selectors.earns_by(request.member, opportunity):
        raise Http404
    left = Placement.objects.filter(case=opportunity.case_id, key=key, performer__left_on__isnull=False)
    placement = left.select_related("case", "performer__user").first()
    if not placement:
        raise Http404
    return opportunity, placement


def _months_sent(request: OrganisationRequest, placement: Placement) -> dict[str, TurnoverForm]:
    """Return a form for each month that was typed anew, by the row in which it stands.

    What the sender left as it stood is none: somebody else, or a program, may have said more of it meanwhile.
    """
    lists = (request.POST.getlist(name) for name in ("month", "amount", "was"))
    rows = zip_longest(*lists, fillvalue="")
    typed = [(month, amount) for month, amount, was in rows if amount.strip() != was.strip()]
    return {f"{placement.key}#{month}": TurnoverForm({"month": month, "amount": amount}) for month, amount in typed}


def _known(placement: Placement) -> Assignment:
    found = selectors.assignments([placement], timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def _declaration(one: Assignment, data: Any = None) -> DeclarationForm:
    initial, auto_id = {"level": one.level}, f"id_{one.placement.key}_%s"
    return DeclarationForm(data, levels=one.levels, currency=one.currency, initial=initial, auto_id=auto_id)


def _ending(placement: Placement, data: Any = None) -> LeaveForm:
    return LeaveForm(data, initial={"on": timezone.localdate()}, auto_id=f"id_{placement.key}_%s")


def _page(
    request: OrganisationRequest,
    opportunity: Opportunity,
    *,
    declared: Mapping[int, DeclarationForm] | None = None,
    sent: Mapping[str, TurnoverForm] | None = None,
    ended: Mapping[int, LeaveForm] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    seen = Placement.objects.filter(selectors.may_see(request.member, opportunity), case=opportunity.case_id)
    related = seen.filter(performer__isnull=False).select_related("case", "performer__user", "client")
    found = selectors.assignments(related, today)
    if not found:
        raise Http404
    own = next((one for one in found if one.placement.performer_id == request.member.pk), None)
    is_finance = request.member.is_finance and not request.member.is_gone
    said_by_finance = is_finance and not selectors.earns_by(request.member, opportunity)
    left = {one.placement.pk for one in found if one.placement.performer and one.placement.performer.left_on}
    saying = [one for one in found if one == own or (said_by_finance and one.placement.pk in left)]
    context = {
        "opportunity": opportunity,
        "assignments": found,
        "coming": coming(found),
        "own": own,
        "said_by_finance": said_by_finance,
        "this_month": today.replace(day=1),
        "is_introducer": opportunities.shares(request.member, opportunity),
        "declarations": {one.placement.pk: _declaration(one) for one in saying if one.can_declare}
        | dict(declared or {}),
        "sent": sent or {},
        "refused_row": next((RefusedRow(row, form) for row, form in (sent or {}).items() if form.errors), None),
        "is_reckoned_anew": selectors.is_reckoned_anew(opportunity, today),
        "endings": {one.placement.pk: _ending(one.placement) for one in saying} | dict(ended or {}),
    }
    name, _dash, placement = (request.htmx.target or "").partition("-")
    part = next((one for one in found if str(one.placement.pk) == placement), None)
    if part and name in LIVE:
        return render(request, LIVE[name], context | {"one": part})
    status = 422 if declared or sent or ended else 200
    return render(request, "payouts/assignment_detail.html", context, status=status)
