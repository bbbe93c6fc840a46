"""What happens to an opportunity: wanted, members asked and introduced, talks, landed, closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernel import limits
from members.access import OrganisationRequest, for_members
from members.limiting import limited
from members.models import Member
from referrals.forms.opportunities import ClosingForm, InterestForm, IntroductionForm, LandedForm, OfMemberForm
from referrals.models import Opportunity
from referrals.selectors.opportunities import MOST_FITS
from referrals.services import assignments, opportunities
from referrals.views.opportunities import led, opportunity_of, sayable_of, shown

ASKED_A_DAY = 20
LONGEST_ID = 18


@for_members
@require_POST
@limited
def opportunity_interest(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Say that one is interested, or not any more."""
    opportunity, now = opportunity_of(request, reference), timezone.now()
    if "withdraw" in request.POST:
        return _done(
            request,
            opportunity,
            _("Noted."),
            lambda at: opportunities.withdraw(opportunity=opportunity, by=request.member, at=at),
        )
    form = InterestForm(request.POST)
    if not form.is_valid():
        return shown(request, opportunity, interest_form=form)
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
    opportunity = led(request, reference)
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Choose first whom you ask."))
        return redirect("opportunity_detail", request.organisation.slug, reference)
    if not limits.within("ask", request.user.pk, ASKED_A_DAY, seconds=86400):
        messages.error(request, _("That is more than one can ask in a day. Go on tomorrow."))
        return redirect("opportunity_detail", request.organisation.slug, reference)
    wanted = Member.objects.filter(pk__in=chosen[: MOST_FITS + 1], left_on=None).select_related("user")
    return _done(
        request,
        opportunity,
        _("They were asked."),
        lambda at: opportunities.ask(opportunity=opportunity, members=wanted, at=at),
    )


@for_members
@require_POST
@limited
def opportunity_introduce(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Introduce one, several, or a team."""
    opportunity, form, chosen = led(request, reference), IntroductionForm(request.POST), _chosen(request)
    if not chosen:
        form.add_error(None, _("Choose members who said that they are interested."))
    if not form.is_valid():
        return shown(request, opportunity, introduction_form=form, chosen=chosen)
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
@limited
def opportunity_talks(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record that a member talked with who offers it: of oneself at once, of another once they say so too."""
    opportunity = opportunity_of(request, reference)
    form = OfMemberForm(request.POST, members=sayable_of(request, opportunity))
    if not form.is_valid():
        return shown(request, opportunity, talks_form=form)
    performer, on = form.cleaned_data["member"], form.cleaned_data["on"]
    is_own = performer.pk == request.member.pk
    return _done(
        request,
        opportunity,
        _("Recorded.") if is_own else _("%(who)s is asked whether it is so.") % {"who": performer.name},
        lambda at: assignments.hold_talks(
            opportunity=opportunity, performer=performer, on=on, by=request.member, at=at
        ),
    )


@for_members
@require_POST
def opportunity_own_talks(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Say whether the talks were held of which somebody else told."""
    opportunity = opportunity_of(request, reference)
    is_so = "yes" in request.POST
    try:
        assignments.confirm_talks(opportunity=opportunity, is_so=is_so, by=request.member, at=timezone.now())
    except opportunities.NotInterestedError:
        messages.warning(request, _("That was answered already."))
    else:
        messages.success(request, _("Recorded.") if is_so else _("Noted."))
    return redirect("opportunity_detail", request.organisation.slug, reference)


@for_members
@require_POST
@limited
def opportunity_landed(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Record who landed it; a member, only of themselves."""
    opportunity = opportunity_of(request, reference)
    members, shared_on = sayable_of(request, opportunity), timezone.localdate(opportunity.case.submitted_at)
    form = LandedForm(request.POST, members=members, shared_on=shared_on)
    if not form.is_valid():
        return shown(request, opportunity, landed_form=form)
    said = form.cleaned_data
    performers = list(said["members"])
    is_own = request.member in performers
    return _done(
        request,
        opportunity,
        _("Congratulations. Now say how much the contribution was worth, and each month what you invoiced.")
        if is_own
        else _("Recorded. They say how much the contribution was worth, and each month what they invoiced."),
        lambda at: assignments.win(
            opportunity=opportunity, performers=performers, title=said["title"], on=said["on"], by=request.member, at=at
        ),
        then="assignment_detail" if is_own else "opportunity_detail",
    )


@for_members
@require_POST
@limited
def opportunity_close(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Close an opportunity of which nothing comes, or take it up again."""
    opportunity, now = led(request, reference), timezone.now()
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
        return shown(request, opportunity, closing_form=form)
    return _done(
        request,
        opportunity,
        _("Closed. Everybody who was interested can read why."),
        lambda at: opportunities.close(
            opportunity=opportunity, on=today, by=request.member, at=at, **form.cleaned_data
        ),
    )


def _done(
    request: OrganisationRequest,
    opportunity: Opportunity,
    said: str,
    act: Any,
    then: str = "opportunity_detail",
) -> HttpResponse:
    """Have something recorded, and go back to the opportunity, or on; or say why it could not be."""
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
        return redirect(then, request.organisation.slug, opportunity.case.reference)
    return redirect("opportunity_detail", request.organisation.slug, opportunity.case.reference)


def _chosen(request: OrganisationRequest) -> list[int]:
    """The ids that were chosen in a list."""
    return [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) <= LONGEST_ID]
