"""A member's own membership: what it costs, what is open, and cancelling it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.access import OrganisationRequest, for_leavers_too, for_members
from members.confirming import confirmed
from members.forms.membership import CancelForm
from members.selectors.people import members
from members.services import people
from members.wording import NOT_THEIRS
from payouts.selectors import membership as selectors


@for_leavers_too
@require_safe
def membership(request: OrganisationRequest) -> HttpResponse:
    """Since when one is here, what it costs, and what was paid and is open of it."""
    _check(request)
    today = timezone.localdate()
    context = {"standing": selectors.standing_of(request.member, today), "today": today}
    return render(request, "payouts/membership.html", context)


@for_members
@require_http_methods(["GET", "POST"])
@confirmed
def membership_cancel(request: OrganisationRequest) -> HttpResponse:
    """Cancel: what it means, in plain words, and the last day."""
    _check(request)
    today, now = timezone.localdate(), timezone.now()
    standing = selectors.standing_of(request.member, today)
    usual = standing.period.last if standing.period else today
    form = CancelForm(request.POST or None, today=today, initial={"last_day": usual})
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        member = members().get(pk=request.member.pk)
        try:
            if last_day > today:
                people.plan_leaving(organisation=request.organisation, member=member, last_day=last_day, by=member)
            else:
                people.leave(organisation=request.organisation, member=member, on=last_day, by=member, at=now)
        except people.NotTheirsError:
            form.add_error(None, NOT_THEIRS)
        except people.LastAdministratorError:
            form.add_error(None, _("You are the last administrator: give the role to someone else first."))
        else:
            messages.success(request, _("Cancelled. Thank you for what you brought here."))
            return redirect("membership" if last_day > today else "home", *_slug(request, last_day > today))
    context = {"standing": standing, "leaving": selectors.leaving_of(request.member, today), "form": form}
    return render(request, "payouts/membership_cancel.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def membership_stay(request: OrganisationRequest) -> HttpResponse:
    """Take back that one cancelled, before the last day is over."""
    _check(request)
    try:
        people.plan_leaving(organisation=request.organisation, member=request.member, last_day=None, by=request.member)
    except people.NotTheirsError:
        messages.error(request, NOT_THEIRS)
    else:
        messages.success(request, _("You stay. Good."))
    return redirect("membership", request.organisation.slug)


def _check(request: OrganisationRequest) -> None:
    if not request.organisation.is_network:
        raise Http404


def _slug(request: OrganisationRequest, is_member: bool) -> list[str]:
    return [request.organisation.slug] if is_member else []
