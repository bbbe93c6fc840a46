"""Opportunities: shared, wanted, and what becomes of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits
from members.access import OrganisationRequest, for_members
from members.models import Member
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
from referrals.pipeline import OVER, Stage
from referrals.selectors import opportunities as selectors
from referrals.services import assignments, opportunities
from referrals.services.submission import NoProgrammeError

SHARED_A_DAY, ASKED_A_DAY = 20, 20
LONGEST_ID = 18
PER_PAGE = 20
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
    page = Paginator(LISTS[which](request.member), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "seen": selectors.seen(request.member, page), "which": which}
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
    if request.method == "POST" and not limits.within("opportunity", request.user.pk, SHARED_A_DAY, seconds=86400):
        form.add_error(None, _("That is more than one can share in a day. Go on tomorrow."))
    if request.method == "POST" and form.is_valid():
        try:
            made = opportunities.share(
                fields=form.answers,
                client_name=form.cleaned_data["client_name"],
                asked=[],
                for_organisation=bool(form.cleaned_data.get("for_organisation")),
                by=request.member,
                at=timezone.now(),
            )
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
    opportunity = _led(request, reference)
    if opportunity.case.stage in (*OVER, Stage.WORKING):
        raise Http404
    form = OpportunityForm(
        request.POST or None,
        instance=_led(request, reference),
        country=request.organisation.country,
        may_share_for_all=False,
    )
    if request.method == "POST" and form.is_valid():
        client = form.cleaned_data["client_name"]
        opportunities.change(opportunity=opportunity, fields=form.answers, client_name=client, at=timezone.now())
        return redirect("opportunity_detail", request.organisation.slug, reference)
    return _form(request, form, opportunity)


@for_members
@require_safe
def opportunity_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """What is known of it, who is interested; for who shares it also who fits, and what can be recorded."""
    return _page(request, _opportunity(request, reference))


@for_members
@require_POST
def opportunity_interest(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Say that one is interested, or not any more."""
    opportunity, now = _opportunity(request, reference), timezone.now()
    if "withdraw" in request.POST:
        return _done(
            request,
            opportunity,
            _("Noted."),
            lambda at: opportunities.withdraw(opportunity=opportunity, by=request.member, at=at),
        )
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, interest_form=form)
    try:
        why = form.cleaned_data["why"]
        opportunities.say_interested(opportunity=opportunity, why=why, by=request.member, at=now)
    except opportunities.OverError:
        messages.warning(request, _("It is over, or somebody landed it already."))
    except opportunities.OwnOpportunityError:
        messages.warning(request, _("You share this one yourself."))
    else:
        messages.success(request, _("Who shares it was told."))
    return redirect("opportunity_detail", request.organisation.slug, reference)


@for_members
@require_POST
def opportunity_ask(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Ask members who fit whether it is something for them."""
    opportunity = _led(request, reference)
    chosen = _chosen(request)
    if not limits.within("ask", request.user.pk, ASKED_A_DAY, seconds=86400):
        messages.error(request, _("That is more than one can ask in a day. Go on tomorrow."))
        return redirect("opportunity_detail", request.organisation.slug, reference)
    wanted = Member.objects.filter(pk__in=chosen, left_on=None).select_related("user")
    return _done(
        request,
        opportunity,
        _("They were asked."),
        lambda at: opportunities.ask(opportunity=opportunity, members=wanted, at=at),
    )


@for_members
@require_POST
def opportunity_introduce(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Introduce one, several, or a team."""
    opportunity, form = _led(request, reference), IntroductionForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, introduction_form=form)
    chosen = _chosen(request)
    return _done(
        request,
        opportunity,
        _("Introduced. They were told."),
        lambda at: opportunities.introduce(
            opportunity=opportunity, interests=chosen, by=request.member, at=at, **form.cleaned_data
        ),
    )


@for_members
@require_POST
def opportunity_talks(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record that a member talked with who offers it; a member, only of themselves."""
    opportunity = _opportunity(request, reference)
    form = OfMemberForm(request.POST, members=_sayable(request, opportunity))
    if not form.is_valid():
        return _page(request, opportunity, talks_form=form)
    performer, on = form.cleaned_data["member"], form.cleaned_data["on"]
    return _done(
        request,
        opportunity,
        _("Recorded."),
        lambda at: assignments.hold_talks(
            opportunity=opportunity, performer=performer, on=on, by=request.member, at=at
        ),
    )


@for_members
@require_POST
def opportunity_landed(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record who landed it; a member, only of themselves."""
    opportunity = _opportunity(request, reference)
    form = LandedForm(request.POST, members=_sayable(request, opportunity))
    if not form.is_valid():
        return _page(request, opportunity, landed_form=form)
    said = form.cleaned_data
    performers = list(said["members"])
    return _done(
        request,
        opportunity,
        _("Congratulations. They declare the contribution, and record their turnover."),
        lambda at: assignments.win(
            opportunity=opportunity, performers=performers, title=said["title"], on=said["on"], by=request.member, at=at
        ),
    )


@for_members
@require_POST
def opportunity_close(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Close an opportunity of which nothing comes, or take it up again."""
    opportunity, now = _led(request, reference), timezone.now()
    today = timezone.localdate(now)
    if "reopen" in request.POST:
        return _done(
            request,
            opportunity,
            _("It is open again."),
            lambda at: opportunities.reopen(opportunity=opportunity, on=today, by=request.member, at=at),
        )
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, closing_form=form)
    return _done(
        request,
        opportunity,
        _("Closed. Everybody who was interested can read why."),
        lambda at: opportunities.close(
            opportunity=opportunity, on=today, by=request.member, at=at, **form.cleaned_data
        ),
    )


def _done(request: OrganisationRequest, opportunity: Opportunity, said: str, act: Any) -> HttpResponse:
    """Have something recorded, and go back to the opportunity; or say why it could not be."""
    try:
        act(timezone.now())
    except opportunities.OverError:
        messages.warning(request, _("It is over, or somebody landed it already."))
    except opportunities.OwnOpportunityError:
        messages.warning(request, _("Who shares an opportunity remits nothing to themselves: close it instead."))
    except opportunities.OneselfError:
        messages.warning(request, _("Nobody introduces themselves: somebody else has to."))
    except opportunities.NotInterestedError:
        messages.warning(request, _("Choose members who said that they are interested."))
    else:
        messages.success(request, said)
    return redirect("opportunity_detail", request.organisation.slug, opportunity.case.reference)


def _chosen(request: OrganisationRequest) -> list[int]:
    """The ids that were chosen in a list."""
    return [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) <= LONGEST_ID]


def _sayable(request: OrganisationRequest, opportunity: Opportunity) -> Any:
    """Of whom a member can say that they talked, or landed it: who shares it of everybody else, others of themselves."""
    present = directory.present().exclude(pk=opportunity.case.introducer_id)
    wanting = present.filter(
        pk__in=selectors.interests(opportunity).filter(state__in=assignments.WANTING).values("member")
    )
    return wanting if selectors.leads(request.member, opportunity) else wanting.filter(pk=request.member.pk)


def _opportunity(request: OrganisationRequest, reference: str) -> Opportunity:
    found = selectors.opportunity_for(request.member, reference)
    if not found:
        raise Http404
    return found


def _led(request: OrganisationRequest, reference: str) -> Opportunity:
    found = _opportunity(request, reference)
    if not selectors.leads(request.member, found):
        raise Http404
    return found


def _form(
    request: OrganisationRequest, form: OpportunityForm, opportunity: Opportunity | None, **more: Any
) -> HttpResponse:
    context = {"form": form, "opportunity": opportunity, "words": directory.disciplines(), **more}
    return render(request, "referrals/opportunity_form.html", context, status=422 if form.errors else 200)


def _page(request: OrganisationRequest, opportunity: Opportunity, **bound: forms.BaseForm) -> HttpResponse:
    today = timezone.localdate()
    (seen,) = selectors.seen(request.member, [opportunity])
    everyone = list(selectors.interests(opportunity))
    sayable = _sayable(request, opportunity)
    on = {"on": today}
    names = {one.member_id: one.member.name for one in everyone}
    context: dict[str, Any] = {
        "seen": seen,
        "opportunity": opportunity,
        "case": opportunity.case,
        "interests": [one for one in everyone if one.state in (Interest.State.INTERESTED, Interest.State.INTRODUCED)],
        "asked": [one for one in everyone if one.state == Interest.State.ASKED],
        "talks": [(day, names.get(pk, "")) for day, pk in selectors.talked(opportunity)],
        "why": selectors.why_it_ended(opportunity) if opportunity.case.stage == Stage.CLOSED else None,
        "reads_why": opportunity.case.introducer_id == request.member.pk,
        "interest_form": InterestForm(instance=seen.interest),
        "talks_form": OfMemberForm(members=sayable, initial=on),
        "landed_form": LandedForm(members=sayable, initial=on),
        "introduction_form": IntroductionForm(initial=on),
        "closing_form": ClosingForm(),
    }
    if seen.leads:
        wanting = [one.member_id for one in context["interests"]]
        fitting = selectors.fits(opportunity, directory.present().filter(pk__in=wanting), request.organisation, today)
        context["fit"] = {one.member.pk: one for one in fitting}
        context["to_ask"] = selectors.to_ask(opportunity, request.organisation, today)
    return render(request, "referrals/opportunity_detail.html", context | bound, status=422 if bound else 200)
