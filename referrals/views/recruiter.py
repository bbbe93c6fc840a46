"""The recruiter's pages: the inbox, and a case with all that can be done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kernel.numbers import number
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from referrals.forms.cases import EndForm, KnownForm, NoteForm
from referrals.models import Candidate, Case, Curriculum, Merge
from referrals.pipeline import Stage, moves_from
from referrals.selectors import boards, people, tracking
from referrals.selectors.cases import case_for_recruiter, file_of
from referrals.selectors.joined import joined_with
from referrals.services import knowing, merging, moves, notes
from referrals.templatetags.cases import person
from referrals.views.moving import back_to_board, refused, taken
from referrals.wording import STAGES

OWN_CASE = gettext_lazy("You recommended one of them yourself; another recruiter has to decide on it.")


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
        messages.warning(request, taken(moved))
    else:
        messages.success(request, _("You take care of %(person)s now.") % {"person": person(case)})
    return redirect("inbox", request.organisation.slug)


@for_roles(Role.RECRUITER)
@require_POST
def move(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Move a case to another stage, from the one in which it was seen."""
    case = _case(reference)
    seen = request.POST.get("seen") or request.GET.get("seen", "")
    to = request.POST.get("to", "")
    if seen not in STAGES or to not in STAGES:
        raise Http404
    now = timezone.now()
    try:
        moves.move(case=case, seen=Stage(seen), to=Stage(to), on=timezone.localdate(now), by=request.member, at=now)
    except moves.MovedMeanwhileError as moved:
        messages.warning(request, taken(moved))
    except moves.MoveRefusedError as no:
        messages.warning(request, refused(case, Stage(to), no))
    else:
        said = _("%(person)s: %(stage)s.") % {"person": person(case), "stage": STAGES[Stage(to)]}
        messages.success(request, said)
    return _back(request, case)


@for_roles(Role.RECRUITER)
@require_POST
def end(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Reject a case, with a reason that the member may read."""
    case = _case(reference)
    form = EndForm(request.POST, auto_id="end_%s")
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
        messages.warning(request, taken(moved))
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
        messages.warning(request, taken(moved))
    return _back(request, case)


@for_roles(Role.RECRUITER)
@require_safe
def case_detail(request: OrganisationRequest, reference: str) -> HttpResponse:
    """A case with everything about it; on the board it opens beside the columns."""
    return _case_page(request, _case(reference), {})


@for_roles(Role.RECRUITER)
@require_POST
def known(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Say that the organisation knew the person itself, and since when."""
    case, form = _case(reference), KnownForm(request.POST)
    if not case.candidate:
        raise Http404
    if not form.is_valid():
        return _case_page(request, case, {"known_form": form}, status=422)
    knowing.say_known(case=case, since=form.cleaned_data["since"], by=request.member, at=timezone.now())
    messages.success(request, _("Recorded."))
    return redirect("case_detail", request.organisation.slug, case.reference)


@for_roles(Role.RECRUITER)
@require_POST
def merge(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Say that a case's person and another candidate are one."""
    case = _case(reference)
    other = Candidate.objects.filter(pk=number(request.POST.get("candidate")) or 0).first()
    if not case.candidate or not other:
        raise Http404
    try:
        merging.merge(one=case.candidate, other=other, by=request.member, at=timezone.now())
    except merging.BothMovedOnError:
        messages.warning(request, _("Both cases have moved on already. End one of them first, then merge."))
    except merging.OwnCaseError:
        messages.error(request, OWN_CASE)
    except merging.NotMergeableError:
        messages.warning(request, _("These two were merged already, or one of them was erased."))
    else:
        messages.success(request, _("Merged. Both introducers see what follows from it; you can undo it here."))
    return redirect("case_detail", request.organisation.slug, case.reference)


@for_roles(Role.RECRUITER)
@require_POST
def unmerge(request: OrganisationRequest, reference: str, merge_id: int) -> HttpResponse:
    """Take a merge back."""
    case = _case(reference)
    own = Q(duplicate=case.candidate_id) | Q(into=case.candidate_id)
    found = Merge.objects.filter(own, pk=merge_id).select_related("duplicate", "into").first()
    if not found:
        raise Http404
    try:
        merging.undo(merged=found, by=request.member, at=timezone.now())
    except merging.OwnCaseError:
        messages.error(request, OWN_CASE)
    else:
        messages.success(request, _("They are two people again."))
    return redirect("case_detail", request.organisation.slug, case.reference)


@for_roles(Role.RECRUITER)
@require_POST
def note(request: OrganisationRequest, reference: str) -> HttpResponse:
    """Write a note for the other recruiters."""
    case, form = _case(reference), NoteForm(request.POST, auto_id="note_%s")
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
        "note_form": NoteForm(auto_id="note_%s"),
        "end_form": EndForm(auto_id="end_%s"),
        "known_form": KnownForm(),
    }
    in_panel = bool(request.htmx and request.htmx.target == "panel")
    part, context["in_panel"] = "#case" if in_panel else "", in_panel
    return render(request, "referrals/case_detail.html" + part, context | forms, status=status)


def _back(request: OrganisationRequest, case: Case) -> HttpResponse:
    """Back to where the change was made: the board as it is now, or the case."""
    if request.POST.get("from") == "board":
        return redirect(back_to_board(request))
    return redirect("case_detail", request.organisation.slug, case.reference)
