"""What happens to a meeting: its agenda, who speaks, cancelled, who was there, what was said."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernel.numbers import number
from members.access import OrganisationRequest, for_members, for_roles
from members.forms.meetings import AgendaItemForm, CancellationForm, NotesForm, SlotForm
from members.models import AgendaItem
from members.roles import Role
from members.selectors import meetings as selectors
from members.services import agenda, meetings
from members.views.meetings import meeting_of, shown


@for_roles(Role.ADMINISTRATOR)
@require_POST
def agenda_add(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Add a point to the agenda."""
    meeting, form = meeting_of(meeting_id), AgendaItemForm(request.POST)
    if not form.is_valid():
        return shown(request, meeting, item_form=form)
    try:
        agenda.add(meeting=meeting, fields=form.cleaned_data)
    except agenda.TooManyError:
        messages.warning(request, _("Thirty points are enough for one meeting."))
    return _back(request, meeting_id)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def agenda_change(request: OrganisationRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Move a point up, or take it off the agenda."""
    item = _item(meeting_id, item_id)
    if "up" in request.POST:
        agenda.move_up(item=item)
    if "remove" in request.POST:
        agenda.remove(item=item)
    return _back(request, meeting_id)


@for_members
@require_POST
def agenda_slot(request: OrganisationRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Say that one speaks, or presents oneself; or that one does not after all."""
    meeting, item, now = meeting_of(meeting_id), _item(meeting_id, item_id), timezone.now()
    form = SlotForm(request.POST)
    if meeting.starts_at <= now or meeting.state == meeting.State.CANCELLED:
        messages.warning(request, _("This meeting is over, or was cancelled."))
        return _back(request, meeting_id)
    if "give_back" in request.POST:
        agenda.give_back(item=item, by=request.member)
        return _back(request, meeting_id)
    if not form.is_valid():
        return shown(request, meeting, slot_form=form)
    available = selectors.is_available(request.member, timezone.localdate(now))
    try:
        agenda.take(item=item, title=form.cleaned_data["title"], by=request.member, is_available=available)
    except agenda.NotComingError:
        messages.warning(request, _("Say first that you come; who waits for a seat cannot speak."))
    except agenda.NotAvailableError:
        messages.warning(request, _("Say in your profile from when you are available: then you can present yourself."))
    except agenda.TakenError:
        messages.warning(request, _("Somebody else took it just now, or it is gone."))
    else:
        messages.success(request, _("Noted. You stand on the agenda."))
    return _back(request, meeting_id)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def meeting_cancel(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting: who comes is told why."""
    meeting, form = meeting_of(meeting_id), CancellationForm(request.POST)
    if not form.is_valid():
        return shown(request, meeting, cancellation_form=form)
    try:
        meetings.cancel(meeting=meeting, because=form.cleaned_data["because"], at=timezone.now())
    except meetings.OverError:
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
    found = AgendaItem.objects.filter(pk=item_id, meeting=meeting_id).first()
    if not found:
        raise Http404
    return found


def _back(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    return redirect("meeting_detail", request.organisation.slug, meeting_id)
