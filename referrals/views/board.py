"""The board and the list of cases: filtered, moved and rejected several at once."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
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
from referrals.views.moving import back_to_board, refused, taken
from referrals.wording import STAGES

PER_PAGE = 50
MOST_AT_ONCE = 200
FILTERS = ("words", "opening", "client", "programme", "recruiter", "stage")


@for_roles(Role.RECRUITER)
@require_safe
def board(request: OrganisationRequest) -> HttpResponse:
    """Cases by stage. The address holds the filters."""
    context = {"columns": boards.board(_filters(request)), "stages": COLUMNS, "cards": boards.CARDS}
    if request.htmx and request.htmx.target == "board":
        return render(request, "referrals/board.html#board", context | {"query": _query(request)})
    return render(request, "referrals/board.html", context | _around(request))


@for_roles(Role.RECRUITER)
@require_safe
def column(request: OrganisationRequest, stage: str) -> HttpResponse:
    """More cards of one column."""
    if stage not in COLUMNS:
        raise Http404
    after = number(request.GET.get("after")) or 0
    context = {
        "column": boards.column(_filters(request), Stage(stage), after),
        "shown": after + boards.CARDS,
        "query": _query(request),
    }
    return render(request, "referrals/board.html#cards", context)


@for_roles(Role.RECRUITER)
@require_safe
def board_list(request: OrganisationRequest) -> HttpResponse:
    """The same cases as a list, by page."""
    chosen = request.GET.get("stage", "")
    found = boards.listed(_filters(request), Stage(chosen) if chosen in STAGES else None)
    context = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "stage": chosen}
    if request.htmx and request.htmx.target == "board":
        return render(request, "referrals/board_list.html#list", context | _around(request))
    return render(request, "referrals/board_list.html", context | _around(request))


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
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a reason and say in words what the members may read."))
        return redirect(back_to_board(request))
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
    form = SavedFilterForm(request.POST)
    if form.is_valid():
        kept = parse_qsl(request.POST.get("query", "")[:400])
        query = urlencode([(name, value) for name, value in kept if name in FILTERS and name != "words"])  # no names
        views_of_board.save(member=request.member, name=form.cleaned_data["name"], query=query)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Give the view a name."))
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


def _around(request: OrganisationRequest) -> dict[str, Any]:
    """What stands around the cases: filters, views, and what can be done with several."""
    return {
        "filters": _filters(request),
        "query": _query(request),
        "openings": boards.openings(),
        "clients": boards.clients(),
        "programmes": programmes.for_cases("referral"),
        "recruiters": members.in_role(Role.RECRUITER),
        "saved": boards.saved_filters(request.member),
        "steps": STEPS,
        "all_stages": list(STAGES),
        "end_form": EndForm(auto_id="all_%s"),
    }


def _filters(request: OrganisationRequest) -> Filters:
    words = request.GET.get("words", "").replace("\0", "").strip()[:80]
    ids = {name: number(request.GET.get(name)) for name in ("opening", "client", "programme", "recruiter")}
    return Filters(**ids, words=words)


def _query(request: OrganisationRequest) -> str:
    """The filters as the address holds them, without the page."""
    return urlencode({name: request.GET[name][:80] for name in FILTERS if request.GET.get(name)})


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
