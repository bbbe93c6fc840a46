"""The board and the list of cases: filtered, moved and rejected several at once."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kernel.numbers import number
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from members.selectors import people as members
from programmes import selectors as programmes
from referrals.forms.cases import EndForm, SavedFilterForm
from referrals.models import Case, SavedFilter
from referrals.pipeline import COLUMNS, STEPS, Stage
from referrals.selectors import boards
from referrals.selectors.boards import Filters
from referrals.services import moves, views_of_board
from referrals.templatetags.cases import person
from referrals.views.moving import LONGEST_QUERY, back_to_board, refused, taken
from referrals.wording import STAGES

PER_PAGE = 50
OF_SEVERAL, OF_VIEW = "all_%s", "view-%s"
"""The ids of the fields of forms that stand beside others."""
MOST_AT_ONCE = 200
FILTERS = ("words", "opening", "client", "programme", "recruiter", "stage")


@for_roles(Role.RECRUITER)
@require_safe
def board(request: OrganisationRequest) -> HttpResponse:
    """Cases by stage. The address holds the filters."""
    if request.htmx and request.htmx.target == "board":
        context = _columns(request.GET) | {"query": _query(request.GET)}
        return render(request, "referrals/board.html#board", context)
    return _page(request, "board", request.GET)


@for_roles(Role.RECRUITER)
@require_safe
def column(request: OrganisationRequest, stage: str) -> HttpResponse:
    """More cards of one column."""
    if stage not in COLUMNS:
        raise Http404
    after = number(request.GET.get("after")) or 0
    context = {
        "column": boards.column(_filters(request.GET), Stage(stage), after),
        "shown": after + boards.CARDS,
        "query": _query(request.GET),
    }
    return render(request, "referrals/board.html#cards", context)


@for_roles(Role.RECRUITER)
@require_safe
def board_list(request: OrganisationRequest) -> HttpResponse:
    """The same cases as a list, by page."""
    if request.htmx and request.htmx.target == "board":
        context = _listed(request.GET) | {"query": _query(request.GET)}
        return render(request, "referrals/board_list.html#list", context)
    return _page(request, "list", request.GET)


@for_roles(Role.RECRUITER)
@require_POST
def move_several(request: OrganisationRequest) -> HttpResponse:
    """Move the chosen cases to one stage."""
    to = request.POST.get("to", "")
    if to not in STEPS:
        raise Http404
    now = timezone.now()
    several = moves.move_several(
        cases=_chosen(request), to=Stage(to), on=timezone.localdate(now), by=request.member, at=now
    )
    _say(request, several, Stage(to))
    return redirect(back_to_board(request))


@for_roles(Role.RECRUITER)
@require_POST
def reject_several(request: OrganisationRequest) -> HttpResponse:
    """Reject the chosen cases, with one reason that their introducers may read."""
    form = EndForm(request.POST, auto_id=OF_SEVERAL)
    if not form.is_valid():
        return _refused(request, end_form=form, chosen=_chosen(request))
    now = timezone.now()
    several = moves.end_several(
        cases=_chosen(request),
        how=Stage.REJECTED,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
        on=timezone.localdate(now),
        by=request.member,
        at=now,
    )
    _say(request, several, Stage.REJECTED)
    return redirect(back_to_board(request))


@for_roles(Role.RECRUITER)
@require_POST
def filter_save(request: OrganisationRequest) -> HttpResponse:
    """Keep the present filters under a name."""
    form = SavedFilterForm(request.POST, auto_id=OF_VIEW)
    if not form.is_valid():
        return _refused(request, view_form=form)
    query = urlencode([(name, value) for name, value in _sent(request).items() if name in FILTERS and name != "words"])
    views_of_board.save(member=request.member, name=form.cleaned_data["name"], query=query)  # without names of people
    messages.success(request, _("Saved."))
    return redirect(back_to_board(request))


@for_roles(Role.RECRUITER)
@require_POST
def filter_forget(request: OrganisationRequest, filter_id: int) -> HttpResponse:
    """Forget a saved view of one's own."""
    found = SavedFilter.objects.filter(pk=filter_id, member=request.member).first()
    if not found:
        raise Http404
    views_of_board.forget(saved=found)
    return redirect(back_to_board(request))


def _refused(request: OrganisationRequest, **bound: Any) -> HttpResponse:
    """The board or the list from which a form was sent, with what was filled in and chosen."""
    return _page(request, "list" if request.POST.get("view") == "list" else "board", _sent(request), **bound)


def _page(
    request: OrganisationRequest, view: str, given: QueryDict, chosen: Iterable[Case] = (), **bound: Any
) -> HttpResponse:
    """The board or the list by its filters; with cases that were chosen and a form, where something is wrong with it."""
    cases = _listed(given) if view == "list" else _columns(given)
    shown = cases["page"] if view == "list" else [case for column in cases["columns"] for case in column.cases]
    ids = {case.pk for case in chosen}
    context = {"chosen": ids, "chosen_elsewhere": sorted(ids - {case.pk for case in shown})}
    template = "referrals/board_list.html" if view == "list" else "referrals/board.html"
    return render(request, template, _around(request, given) | cases | context | bound, status=422 if bound else 200)


def _columns(given: QueryDict) -> dict[str, Any]:
    return {"columns": boards.board(_filters(given)), "stages": COLUMNS, "cards": boards.CARDS}


def _listed(given: QueryDict) -> dict[str, Any]:
    stage = given.get("stage", "")
    found = boards.listed(_filters(given), Stage(stage) if stage in STAGES else None)
    return {"page": Paginator(found, PER_PAGE).get_page(given.get("page")), "stage": stage}


def _around(request: OrganisationRequest, given: QueryDict) -> dict[str, Any]:
    """What stands around the cases: filters, views, and what can be done with several."""
    return {
        "given": given,
        "filters": _filters(given),
        "query": _query(given),
        "openings": boards.openings(),
        "clients": boards.clients(),
        "programmes": programmes.for_cases("referral"),
        "recruiters": members.in_role(Role.RECRUITER),
        "saved": boards.saved_filters(request.member),
        "steps": STEPS,
        "all_stages": list(STAGES),
        "end_form": EndForm(auto_id=OF_SEVERAL),
        "view_form": SavedFilterForm(auto_id=OF_VIEW),
    }


def _sent(request: OrganisationRequest) -> QueryDict:
    """The filters of the page from which a form was sent."""
    return QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])


def _filters(given: QueryDict) -> Filters:
    words = given.get("words", "").replace("\0", "").strip()[:80]
    ids = {name: number(given.get(name)) for name in ("opening", "client", "programme", "recruiter")}
    return Filters(**ids, words=words)


def _query(given: QueryDict) -> str:
    """The filters as the address holds them, without the page."""
    return urlencode({name: given[name][:80] for name in FILTERS if given.get(name)})


def _chosen(request: OrganisationRequest) -> list[Case]:
    ids = [pk for value in request.POST.getlist("chosen")[:MOST_AT_ONCE] if (pk := number(value))]
    related = Case.objects.filter(pk__in=ids, kind="referral").select_related("candidate", "recruiter")
    return list(related.order_by("pk"))


def _say(request: OrganisationRequest, several: moves.Several, to: Stage) -> None:
    if several.done:
        said = ngettext("%(count)d case: %(stage)s.", "%(count)d cases: %(stage)s.", len(several.done))
        messages.success(request, said % {"count": len(several.done), "stage": STAGES[to]})
    elif not several.not_done:
        messages.warning(request, _("Choose one case at least."))
    for case, why in several.not_done[:5]:
        said = taken(why) if isinstance(why, moves.MovedMeanwhileError) else refused(case, to, why)
        messages.warning(request, said)
    if len(several.not_done) > 5:
        names = ", ".join(person(case) for case, _why in several.not_done[5:])
        messages.warning(request, _("These could not move either: %(names)s") % {"names": names})
