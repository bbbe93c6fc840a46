"""The recruiter's pages: inbox, board, and a case with all that can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import selectors as people_selectors
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from referrals.forms import EndForm, NoteForm
from referrals.models import Case, Curriculum
from referrals.pipeline import COLUMNS, Stage, moves_from
from referrals.selectors import boards, people, tracking
from referrals.selectors.boards import Filters
from referrals.selectors.cases import case_for_recruiter, file_of
from referrals.selectors.joined import joined_with
from referrals.services import moves, notes
from referrals.templatetags.cases import person
from referrals.wording import STAGES


@for_roles(Role.RECRUITER)
@require_safe
def inbox(request: OrganisationRequest) -> HttpResponse:
    """New recommendations, with what was found about each person."""
    cases = list(boards.inbox()[:50])
    alike = people.likely_same([case.candidate for case in cases if case.candidate])
    found = [(case, alike[case.candidate.pk]) for case in cases if case.candidate]
    context = {"found": found, "count": boards.inbox().count(), "end_form": EndForm(auto_id=False)}
    return render(request, "referrals/inbox.html", context)


@for_roles(Role.RECRUITER)
@require_POST
def accept(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Take a recommendation in charge."""
    case = _case(reference)
    try:
        moves.accept(case=case, by=request.member)
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, _taken(moved))
    else:
        messages.success(request, _("You take care of %(person)s now.") % {"person": person(case)})
    return redirect("inbox", request.organisation.slug)


@for_roles(Role.RECRUITER)
@require_safe
def board(request: OrganisationRequest) -> HttpResponse:
    """Cases by stage. The address holds the filters."""
    filters = _filters(request)
    context = {
        "columns": boards.board(filters),
        "filters": filters,
        "openings": boards.openings(),
        "recruiters": people_selectors.recruiters(),
        "stages": COLUMNS,
        "cards": boards.CARDS,
    }
    part = "#board" if request.htmx and request.htmx.target == "board" else ""
    return render(request, "referrals/board.html" + part, context)


@for_roles(Role.RECRUITER)
@require_safe
def column(request: OrganisationRequest, stage: str) -> HttpResponse:
    """More cards of one column."""
    if stage not in COLUMNS:
        raise Http404
    after = _number(request, "after") or 0
    context = {"column": boards.column(_filters(request), Stage(stage), after), "shown": after + boards.CARDS}
    return render(request, "referrals/board.html#cards", context)


@for_roles(Role.RECRUITER)
@require_POST
def move(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Move a case to another stage, from the one in which it was seen."""
    case = _case(reference)
    seen, to = request.POST.get("seen", ""), request.POST.get("to", "")
    if seen not in STAGES or to not in STAGES:
        raise Http404
    now = timezone.now()
    try:
        moves.move(case=case, seen=Stage(seen), to=Stage(to), on=timezone.localdate(now), by=request.member, at=now)
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, _taken(moved))
    except moves.MoveRefusedError:
        messages.warning(request, _refused(case, Stage(to)))
    else:
        said = _("%(person)s: %(stage)s.") % {"person": person(case), "stage": STAGES[Stage(to)]}
        messages.success(request, said)
    return _back(request, case)


@for_roles(Role.RECRUITER)
@require_POST
def end(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Reject a case, with a reason that the member may read."""
    case = _case(reference)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, {"end_form": form}, status=422)
    now = timezone.now()
    try:
        moves.end(
            case=case,
            how=Stage.REJECTED,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            on=timezone.localdate(now),
            by=request.member,
            at=now,
        )
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, _taken(moved))
    else:
        messages.success(request, _("%(person)s was rejected; the member can read why.") % {"person": person(case)})
    return _back(request, case)


@for_roles(Role.RECRUITER)
@require_POST
def reopen(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Take up a case that was ended."""
    case, now = _case(reference), timezone.now()
    try:
        moves.reopen(case=case, on=timezone.localdate(now), by=request.member, at=now)
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, _taken(moved))
    return _back(request, case)


@for_roles(Role.RECRUITER)
@require_safe
def case_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """A case with everything about it; on the board it opens beside the columns."""
    return _case_page(request, _case(reference), {})


@for_roles(Role.RECRUITER)
@require_POST
def note(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Write a note for the other recruiters."""
    case, form = _case(reference), NoteForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, {"note_form": form}, status=422)
    notes.write(case=case, text=form.cleaned_data["text"], by=request.member, at=timezone.now())
    return redirect("case_detail", request.organisation.slug, reference)


@for_roles(Role.RECRUITER)
@require_safe
def curriculum(request: OrganisationRequest, reference: str, curriculum_id: int) -> FileResponse:
    """A CV, as an attachment that no browser opens by itself."""
    case = _case(reference)
    found = Curriculum.objects.filter(pk=curriculum_id, candidate__cases__in=joined_with(case)).first()
    if not found:
        raise Http404
    response = FileResponse(
        found.file.open(), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _case(reference: str) -> Case:
    case = case_for_recruiter(reference)
    if not case:
        raise Http404
    return case


def _case_page(request: OrganisationRequest, case: Case, forms: dict[str, Any], status: int = 200) -> HttpResponse:
    (tracked,) = tracking.track([case], timezone.localdate(), request.organisation.country)
    context = file_of(case) | {
        "case": case,
        "tracked": tracked,
        "moves": moves_from(Stage(case.stage), case.answer or None),
        "note_form": NoteForm(),
        "end_form": EndForm(),
    }
    part = "#case" if request.htmx and request.htmx.target == "panel" else ""
    return render(request, "referrals/case_detail.html" + part, context | forms, status=status)


def _filters(request: OrganisationRequest) -> Filters:
    words = request.GET.get("words", "").replace("\0", "").strip()[:80]
    return Filters(_number(request, "opening"), _number(request, "client"), _number(request, "recruiter"), words)


def _number(request: OrganisationRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 18 else None


def _back(request: OrganisationRequest, case: Case) -> HttpResponse:
    """Back to where the change was made: the board as it is now, or the case."""
    if request.POST.get("from") == "board":
        return redirect("board", request.organisation.slug)
    return redirect("case_detail", request.organisation.slug, case.reference)


def _taken(moved: moves.MovedMeanwhileError) -> str:
    stage = STAGES[Stage(moved.case.stage)]
    who = moved.mover or moved.case.recruiter
    if who:
        params = {"who": who.name, "person": person(moved.case), "stage": stage}
        return _("%(who)s was faster: %(person)s now stands at “%(stage)s”.") % params
    return _("%(person)s moved meanwhile and now stands at “%(stage)s”.") % {
        "person": person(moved.case),
        "stage": stage,
    }


def _refused(case: Case, to: Stage) -> str:
    if case.answer != "consented":
        return _("%(person)s has not agreed yet; until then the case cannot move.") % {"person": person(case)}
    return _("“%(stage)s” needs more than a move: record it on the case's page.") % {"stage": STAGES[to]}
