"""Opportunities: shared, wanted, and what becomes of them."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import limits
from kernel.forms import RefusedRow
from members.access import OrganisationRequest, for_members
from members.selectors import directory
from programmes import selectors as programmes
from referrals.forms.opportunities import (
    ClosingForm,
    InterestForm,
    IntroductionForm,
    LandedForm,
    OfMemberForm,
    OpportunityForm,
)
from referrals.models import Interest, Opportunity
from referrals.pipeline import Stage
from referrals.selectors import opportunities as selectors
from referrals.services import opportunities
from referrals.services.beginning import NoProgrammeError

SHARED_A_DAY = 20
PER_PAGE = 20
LONGEST_SEARCH = 80
LISTS = {
    "": selectors.open_to,
    "mine": selectors.shared_by,
    "interest": selectors.concerning,
    "past": selectors.past,
}


@for_members
@require_safe
def opportunity_list(request: OrganisationRequest) -> HttpResponse:
    """Opportunities that are open, those that one shared, that one is interested in, and those that are over."""
    which = request.GET.get("list", "")
    if which not in LISTS:
        raise Http404
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = selectors.with_words(LISTS[which](request.member), wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "seen": selectors.seen(request.member, page), "which": which, "wanted": wanted}
    return render(request, "referrals/opportunity_list.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def opportunity_new(request: OrganisationRequest) -> HttpResponse:
    """Share an opportunity, with what it can bring beside the form."""
    form = OpportunityForm(
        request.POST or None,
        country=request.organisation.country,
        may_share_for_all=request.member.is_administrator,
    )
    if request.method == "POST" and form.is_valid():
        try:
            limits.use("opportunity", request.user.pk, SHARED_A_DAY, seconds=86400)
            made = opportunities.share(
                fields=form.answers,
                client_name=form.cleaned_data["client_name"],
                asked=[],
                for_organisation=bool(form.cleaned_data.get("for_organisation")),
                by=request.member,
                at=timezone.now(),
            )
        except limits.TooManyError:
            form.add_error(None, _("That is more than one can share in a day. Go on tomorrow."))
        except NoProgrammeError:
            form.add_error(None, _("There is no programme for sharing opportunities."))
        else:
            messages.success(request, _("Shared. Here you see who fits, and who is interested."))
            return redirect("opportunity_detail", request.organisation.slug, made.case.reference)
    versions = programmes.in_force("opportunity", timezone.localdate())
    return _form(request, form, None, versions=versions)


@for_members
@require_http_methods(["GET", "POST"])
def opportunity_edit(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Change what is said of an opportunity."""
    opportunity = led(request, reference)
    if not opportunity.is_waiting:
        raise Http404
    form = OpportunityForm(
        request.POST or None,
        instance=led(request, reference),
        country=request.organisation.country,
        may_share_for_all=False,
    )
    if request.method == "POST" and form.is_valid():
        client = form.cleaned_data["client_name"]
        try:
            chosen = Opportunity.Visibility.CHOSEN
            if opportunity.visibility == chosen != form.cleaned_data["visibility"]:  # told as one that is shared
                limits.use("opportunity", request.user.pk, SHARED_A_DAY, seconds=86400)
            opportunities.change(opportunity=opportunity, fields=form.answers, client_name=client, at=timezone.now())
        except limits.TooManyError:
            form.add_error(None, _("That is more than one can share in a day. Go on tomorrow."))
        else:
            return redirect("opportunity_detail", request.organisation.slug, reference)
    return _form(request, form, opportunity)


@for_members
@require_safe
def opportunity_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """What is known of it, who is interested; for who shares it also who fits, and what can be recorded."""
    return shown(request, opportunity_of(request, reference))


def sayable_of(request: OrganisationRequest, opportunity: Opportunity) -> Any:
    """Of whom a member can say that they talked, or landed it: who leads it of all who want it, others of themselves and their team."""
    present = selectors.present_beside(opportunity)
    wanting = present.filter(pk__in=selectors.sayable(opportunity, request.member).values("member"))
    if selectors.leads(request.member, opportunity):
        return wanting
    return wanting.filter(pk__in={request.member.pk, *selectors.companions(opportunity, [request.member.pk])})


def opportunity_of(request: OrganisationRequest, reference: str) -> Opportunity:
    """Return an opportunity that the member may see."""
    found = selectors.opportunity_for(request.member, reference)
    if not found:
        raise Http404
    return found


def led(request: OrganisationRequest, reference: str) -> Opportunity:
    """Return an opportunity that the member decides on."""
    found = opportunity_of(request, reference)
    if not selectors.leads(request.member, found):
        raise Http404
    return found


def _form(
    request: OrganisationRequest, form: OpportunityForm, opportunity: Opportunity | None, **more: Any
) -> HttpResponse:
    context = {"form": form, "opportunity": opportunity, "words": directory.disciplines(), **more}
    return render(request, "referrals/opportunity_form.html", context, status=422 if form.errors else 200)


def shown(
    request: OrganisationRequest, opportunity: Opportunity, chosen: Collection[int] = (), **bound: forms.BaseForm
) -> HttpResponse:
    """Show an opportunity, with forms as they were filled in where something is wrong, and the interests that were chosen."""
    today = timezone.localdate()
    (seen,) = selectors.seen(request.member, [opportunity])
    everyone = list(selectors.interests(opportunity))
    sayable = sayable_of(request, opportunity)
    landed_by = selectors.landed_by(opportunity)
    to_land = sayable.exclude(pk__in=landed_by)
    can_land, can_say = to_land.exists(), sayable.exists()
    on = {"on": today}
    names = {one.member_id: one.member.name for one in everyone}
    context: dict[str, Any] = {
        "seen": seen,
        "opportunity": opportunity,
        "case": opportunity.case,
        "leader": selectors.leader(opportunity),
        "interests": [one for one in everyone if one.state in (Interest.State.INTERESTED, Interest.State.INTRODUCED)],
        "asked": [one for one in everyone if one.state == Interest.State.ASKED],
        "talks": [(day, names.get(pk, "")) for day, pk in selectors.talked(opportunity)],
        "can_say": can_say,
        "landed_by": [one.member.name for one in everyone if one.member_id in landed_by],
        "sees_money": seen.leads or request.member.is_finance or request.member.pk in landed_by,
        "told_talks": [one for one in everyone if one.talked_on],
        "why": selectors.why_it_ended(opportunity) if opportunity.case.stage == Stage.CLOSED else None,
        "reads_why": opportunity.case.introducer_id == request.member.pk,
        "interest_form": InterestForm(instance=seen.interest),
        "talks_form": OfMemberForm(members=sayable, initial=on),
        "landed_form": LandedForm(
            members=to_land,
            shared_on=timezone.localdate(opportunity.case.submitted_at),
            initial=on if seen.leads else on | {"members": list(to_land)},
        ),
        "chosen": chosen,
        "can_land": can_land,
        "introduction_form": IntroductionForm(initial=on),
        "closing_form": ClosingForm(),
    }
    if seen.leads:
        wanting = [one.member_id for one in context["interests"]]
        fitting = selectors.fits(opportunity, directory.present().filter(pk__in=wanting), request.organisation, today)
        context["fit"] = {one.member.pk: one for one in fitting}
        context["to_ask"] = selectors.to_ask(opportunity, request.organisation, today)
        known = {one.member_id for one in everyone} | {one.member.pk for one in context["to_ask"]}
        context["others"] = selectors.present_beside(opportunity).exclude(pk__in=known)
    for name, has_place in (("landed_form", can_land), ("talks_form", can_say)):
        if name in bound and not has_place:
            context["refused_row"] = RefusedRow(name, bound[name])
    return render(request, "referrals/opportunity_detail.html", context | bound, status=422 if bound else 200)
