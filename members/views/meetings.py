"""Meetings: to come and past, planned and changed, answered, and in one's calendar."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.tenancy import tenant
from members import calendars
from members.access import OrganisationRequest, for_members, for_roles, public
from members.forms.meetings import AgendaItemForm, CancellationForm, MeetingForm, NotesForm
from members.limiting import limited
from members.models import Attendance, Meeting, Organisation
from members.roles import Role
from members.selectors import directory
from members.selectors import meetings as selectors
from members.services import feeds, meetings
from members.services.locking import MeetingOverError

PER_PAGE = 20
SAID = {
    Attendance.Answer.COMING: gettext_lazy("Noted: you come."),
    Attendance.Answer.WAITING: gettext_lazy(
        "Every seat is taken. You are on the waiting list, and hear from us when one is free."
    ),
    Attendance.Answer.NOT_COMING: gettext_lazy("Noted: you do not come."),
}


@for_members
@require_safe
def meeting_list(request: OrganisationRequest) -> HttpResponse:
    """Meetings to come, with one's answers; those that are over; and the address for one's calendar."""
    now = timezone.now()
    page = Paginator(selectors.past(now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "to_come": selectors.answered(request.member, selectors.to_come(now)),
        "page": page,
        "past": selectors.answered(request.member, page),
        "is_missing": request.organisation.is_network and selectors.is_missing(timezone.localdate(now)),
        "now": now,
    }
    return render(request, "members/meeting_list.html", context)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def meeting_new(request: OrganisationRequest) -> HttpResponse:
    """Plan a meeting: every member is told."""
    now = timezone.now()
    form = MeetingForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        made = meetings.plan(fields=form.answers, by=request.member, at=now)
        messages.success(request, _("Planned, and every member is told. Here you add the agenda."))
        return redirect("meeting_detail", request.organisation.slug, made.pk)
    return render(request, "members/meeting_form.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def meeting_edit(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Change a meeting that is to come; who comes is told of another time or place."""
    now, meeting = timezone.now(), meeting_of(meeting_id)
    form = MeetingForm(request.POST or None, instance=meeting_of(meeting_id), now=now)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change(meeting=meeting, fields=form.answers, at=now)
        except MeetingOverError:
            messages.warning(request, _("This meeting is over, or was cancelled."))
        return redirect("meeting_detail", request.organisation.slug, meeting_id)
    context = {"form": form, "meeting": meeting}
    return render(request, "members/meeting_form.html", context, status=422 if form.errors else 200)


@for_members
@require_safe
def meeting_detail(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """When and where, the agenda, who comes; what can be taken, and what was said."""
    return shown(request, meeting_of(meeting_id))


@for_members
@require_POST
@limited
def meeting_answer(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """Say whether one comes; who says neither changes nothing."""
    meeting = meeting_of(meeting_id)
    if not {"yes", "no"} & set(request.POST):
        return redirect("meeting_detail", request.organisation.slug, meeting_id)
    comes = "yes" in request.POST
    given_up = [] if comes or "sure" in request.POST else selectors.spoken_by(meeting, request.member)
    if given_up:
        return render(request, "members/meeting_give_up.html", {"meeting": meeting, "items": given_up})
    try:
        said = meetings.answer(meeting=meeting, member=request.member, comes=comes, at=timezone.now())
    except MeetingOverError:
        messages.warning(request, _("This meeting is over, or was cancelled."))
    else:
        messages.success(request, SAID[said])
    return redirect("meeting_detail", request.organisation.slug, meeting_id)


@for_members
@require_safe
def meeting_file(request: OrganisationRequest, meeting_id: int) -> HttpResponse:
    """One meeting, for a calendar program."""
    response = _calendar(calendars.calendar(request.organisation, [meeting_of(meeting_id)]))
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting_id}.ics"'
    return response


@for_members
@require_http_methods(["GET", "POST"])
def meeting_calendar(request: OrganisationRequest) -> HttpResponse:
    """The address at which one's calendar program reads all meetings; a new one makes the one before useless."""
    if request.method == "POST":
        feeds.renew(member=request.member)
        messages.success(request, _("Here is a new address. The one before does not work any more."))
        return redirect("meeting_calendar", request.organisation.slug)
    token = feeds.token_of(member=request.member, at=timezone.now())
    address = settings.SITE_URL + reverse("calendar", args=[token])
    return render(request, "members/meeting_calendar.html", {"address": address})


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of an organisation, for the calendar program of a member; the address is the key."""
    now = timezone.now()
    link = feeds.feed_of(token, now)
    if not link:
        raise Http404
    organisation = Organisation.objects.get(pk=link.organisation_id)
    with tenant(organisation.pk):
        if not feeds.reader_of(link):
            raise Http404
        return _calendar(calendars.calendar(organisation, selectors.in_calendar(now)))


def meeting_of(meeting_id: int) -> Meeting:
    """Return a meeting; 404 where there is none."""
    found = selectors.meetings().filter(pk=meeting_id).first()
    if not found:
        raise Http404
    return found


def shown(request: OrganisationRequest, meeting: Meeting, **bound: Any) -> HttpResponse:
    """Show a meeting, with forms as they were filled in where something is wrong."""
    now = timezone.now()
    everyone, agenda = selectors.attendances(meeting), selectors.agenda_of(meeting)
    by_answer = {answer: [one for one in everyone if one.answer == answer] for answer in Attendance.Answer}
    has_begun = meeting.state == Meeting.State.PLANNED and meeting.starts_at <= now
    context: dict[str, Any] = {
        "meeting": meeting,
        "own": next((one for one in everyone if one.member_id == request.member.pk), None),
        "agenda": agenda,
        "own_kinds": {one.item.kind for one in agenda if one.item.member_id == request.member.pk},
        "overrun": selectors.overrun(meeting, agenda),
        "coming": [one for one in everyone if one.came] if has_begun else by_answer[Attendance.Answer.COMING],
        "waiting": by_answer[Attendance.Answer.WAITING],
        "not_coming": by_answer[Attendance.Answer.NOT_COMING],
        "is_open": meeting.state == Meeting.State.PLANNED and meeting.starts_at > now,
        "has_begun": has_begun,
        "can_change": meeting.state == Meeting.State.PLANNED and meeting.ends_at > now,
        "is_available": selectors.is_available(request.member, timezone.localdate(now)),
    }
    if request.member.is_administrator:
        people = {one.member_id: one.member for one in everyone} | {one.pk: one for one in directory.present()}
        ticked = {one.member_id for one in everyone if one.came}
        context |= {
            "people": sorted(people.values(), key=lambda one: one.pk not in ticked),
            "ticked": ticked,
            "item_form": AgendaItemForm(),
            "cancellation_form": CancellationForm(),
            "notes_form": NotesForm(instance=meeting),
        }
    return render(request, "members/meeting_detail.html", context | bound, status=422 if bound else 200)


def _calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private"})
