"""What happens to a meeting: its agenda, who speaks, cancelled, who was there, what was said."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kernel.numbers import number
from members.access import OrganisationRequest, for_members, for_roles
from members.forms.meetings import AgendaItemForm, CancellationForm, NotesForm, SlotForm
from members.limiting import limited
from members.models import AgendaItem
from members.roles import Role
from members.selectors import meetings as selectors
from members.services import agenda, meetings
from members.services.locking import MeetingOverError
from members.views.meetings import meeting_of, shown


@for_roles(Role.ADMINISTRATOR)
@require_POST
def agenda_add(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Add a point to the agenda."""
    meeting, form = meeting_of(meeting_id), AgendaItemForm(request.POST)
    if not form.is_valid():
        return shown(request, meeting, item_form=form)
    return _changed(
        request,
        meeting_id,
        lambda at: agenda.add(meeting=meeting, fields=form.cleaned_data, by=request.member, at=at),
    )


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def agenda_change(request: OrganisationRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Change a point and who speaks, move it up, or take it off the agenda."""
    item = _item(meeting_id, item_id)
    if "up" in request.POST:
        return _changed(request, meeting_id, lambda at: agenda.move_up(item=item, at=at))
    if "remove" in request.POST:
        return _changed(request, meeting_id, lambda at: agenda.remove(item=item, by=request.member, at=at))
    form = AgendaItemForm(request.POST or None, instance=_item(meeting_id, item_id))
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        return _changed(
            request, meeting_id, lambda at: agenda.change(item=item, fields=fields, by=request.member, at=at)
        )
    context = {"form": form, "meeting": item.meeting, "item": item}
    return render(request, "members/agenda_form.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
@limited
def agenda_slot(request: OrganisationRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Say that one speaks, or presents oneself; or that one does not after all."""
    item, form = _item(meeting_id, item_id), SlotForm(request.POST)
    if "give_back" in request.POST:
        return _changed(request, meeting_id, lambda at: agenda.give_back(item=item, by=request.member, at=at))
    if not form.is_valid():
        messages.warning(request, _("Say it in 120 characters at most."))
        return _back(request, meeting_id)
    available = selectors.is_available(request.member, timezone.localdate())
    return _changed(
        request,
        meeting_id,
        lambda at: agenda.take(
            item=item, said=form.cleaned_data["said"], by=request.member, is_available=available, at=at
        ),
        _("Noted. You stand on the agenda."),
    )


@for_roles(Role.ADMINISTRATOR)
@require_POST
def meeting_cancel(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting: who comes is told why."""
    meeting, form = meeting_of(meeting_id), CancellationForm(request.POST)
    if not form.is_valid():
        return shown(request, meeting, cancellation_form=form)
    try:
        meetings.cancel(meeting=meeting, because=form.cleaned_data["because"], at=timezone.now())
    except MeetingOverError:
        messages.warning(request, _("This meeting is over, or was cancelled."))
    else:
        messages.success(request, _("Cancelled. Who comes is told."))
    return _back(request, meeting_id)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def meeting_attendance(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Record who was there."""
    chosen = {number(one) or 0 for one in request.POST.getlist("chosen")}
    try:
        meetings.record_attendance(meeting=meeting_of(meeting_id), members=chosen, at=timezone.now())
    except meetings.NotYetError:
        messages.warning(request, _("This meeting has not begun, or was cancelled."))
    else:
        messages.success(request, _("Recorded."))
    return _back(request, meeting_id)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def meeting_notes(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Write down what was said."""
    meeting = meeting_of(meeting_id)
    form = NotesForm(request.POST, instance=meeting_of(meeting_id))
    if not form.is_valid():
        return shown(request, meeting, notes_form=form)
    try:
        meetings.write_notes(meeting=meeting, text=form.cleaned_data["notes"], at=timezone.now())
    except meetings.NotYetError:
        messages.warning(request, _("This meeting has not begun, or was cancelled."))
    else:
        messages.success(request, _("Saved. Every member can read it here."))
    return _back(request, meeting_id)


def _item(meeting_id: int, item_id: int) -> AgendaItem:
    found = AgendaItem.objects.filter(pk=item_id, meeting=meeting_id).select_related("meeting").first()
    if not found:
        raise Http404
    return found


REFUSED = {
    MeetingOverError: gettext_lazy("This meeting is over, or was cancelled."),
    agenda.TooManyError: gettext_lazy("Thirty points are enough for one meeting."),
    agenda.NotComingError: gettext_lazy("Say first that you come; who waits for a seat cannot speak."),
    agenda.NotAvailableError: gettext_lazy(
        "Say in your profile from when you are available: then you can present yourself."
    ),
    agenda.HasOneError: gettext_lazy("You stand on the agenda already; leave this one to somebody else."),
    agenda.TakenError: gettext_lazy("Somebody else took it just now, or it is gone."),
}
"""Why the agenda stays as it is."""


def _changed(
    request: OrganisationRequest, meeting_id: int, act: Callable[[datetime], object], said: str = ""
) -> HttpResponse:
    """Have the agenda changed, and go back to the meeting; or say why it could not be."""
    try:
        act(timezone.now())
    except tuple(REFUSED) as error:
        messages.warning(request, REFUSED[type(error)])
    else:
        if said:
            messages.success(request, said)
    return _back(request, meeting_id)


def _back(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    return redirect("meeting_detail", request.organisation.slug, meeting_id)
