"""Replaying: what a draft would have owed for real cases, beside what was owed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.exports import csv_file
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from payouts.forms.replaying import ReplayForm
from payouts.models import Replay
from payouts.replay import month_of
from payouts.services import replaying
from programmes.engine.assess import assess
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.models import Draft
from programmes.wording import word
from referrals.models import Case
from referrals.selectors.timelines import timelines

ROWS = 50


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def replay_ask(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """Choose a period; earlier runs stand below."""
    draft = Draft.objects.select_related("programme").filter(pk=draft_id).first()
    if not draft:
        raise Http404
    runs_for_years = replaying.runs_for_years(draft.document.get("case"))
    form = ReplayForm(request.POST or None, initial=_last_year(), runs_for_years=runs_for_years)
    has_mistakes = False
    if request.method == "POST" and form.is_valid():
        try:
            asked = replaying.ask(draft=draft, by=request.member, at=timezone.now(), **form.cleaned_data)
        except Refused:
            has_mistakes = True
        else:
            return redirect("replay", request.organisation.slug, draft.pk, asked.pk)
    replays = Replay.objects.filter(draft=draft).select_related("asked_by").order_by("-pk")[:20]
    context = {"draft": draft, "form": form, "has_mistakes": has_mistakes, "replays": replays}
    return render(request, "payouts/replay_ask.html", context, status=422 if form.errors or has_mistakes else 200)


@for_roles(Role.ADMINISTRATOR)
@require_safe
def replay(request: OrganisationRequest, draft_id: int, replay_id: int) -> HttpResponse:
    """How far it is; then sums by month and reward, and the cases that differ."""
    found = _replay(draft_id, replay_id)
    runs_for_years = replaying.runs_for_years(found.rules["case"])
    context: dict[str, Any] = {"draft": found.draft, "replay": found, "runs_for_years": runs_for_years}
    if found.finished_at:
        context |= _result(found, request.GET.get("page"))
    elif request.htmx:
        return render(request, "payouts/_replay_progress.html", context)
    response = render(request, "payouts/replay.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"  # it is done: the page as a whole
    return response


@for_roles(Role.ADMINISTRATOR)
@require_safe
def replay_case(request: OrganisationRequest, draft_id: int, replay_id: int, reference: str) -> HttpResponse:
    """One case: why it earned what it earned, and why it would earn something else."""
    found = _replay(draft_id, replay_id)
    case = Case.objects.filter(reference=reference, kind=found.rules["case"]).first()
    if not case:
        raise Http404
    line, today = timelines([case.pk])[case.pk], timezone.localdate(found.asked_at)
    versions = replaying.versions_of([case.pk], found.draft.programme_id)[case.pk]
    context = {
        "draft": found.draft,
        "replay": found,
        "case": case,
        "facts": [fact for fact in line.facts if fact.on <= today],
        "before": replaying.owed_under(versions, line, today),
        "after": assess(RuleSet.read(found.rules), line, today).entitlements,
    }
    return render(request, "payouts/replay_case.html", context)


@for_roles(Role.ADMINISTRATOR)
@require_safe
def replay_csv(request: OrganisationRequest, draft_id: int, replay_id: int) -> HttpResponse:
    """The cases that differ, as a table."""
    found = _replay(draft_id, replay_id)
    if not found.result:
        raise Http404
    references = _references(row[0] for row in found.result["differing"])
    rows = [
        [references[case_id], unit, old, new, str(Decimal(new) - Decimal(old))]
        for case_id, unit, old, new in found.result["differing"]
    ]
    head = [_("Case"), _("Unit"), _("Owed"), _("Under the draft"), _("Difference")]
    return csv_file(f"replay-{found.pk}", [head, *rows])


def _replay(draft_id: int, replay_id: int) -> Replay:
    found = Replay.objects.filter(pk=replay_id, draft=draft_id).select_related("draft__programme", "asked_by").first()
    if not found:
        raise Http404
    return found


def _result(replay: Replay, page: str | None) -> dict[str, Any]:
    result = replay.result
    shown = Paginator(result["differing"], ROWS).get_page(page)
    references = _references(row[0] for row in shown)
    return {
        "totals": [(unit, *_both(sums)) for unit, sums in result["totals"].items()],
        "months": [(month_of(key), key.split(" ")[1], *_both(sums)) for key, sums in result["months"].items()],
        "rewards": [(*key.split(" "), *_both(sums)) for key, sums in result["rewards"].items()],
        "parties": [
            (word(key.split(" ")[0]), key.split(" ")[1], *_both(sums)) for key, sums in result["parties"].items()
        ],
        "lacking": result["lacking"].items(),
        "page": shown,
        "rows": [(references[case_id], unit, *_both((old, new))) for case_id, unit, old, new in shown],
    }


def _both(sums: Any) -> tuple[Decimal, Decimal, Decimal]:
    old, new = (Decimal(one) for one in sums)
    return old, new, new - old


def _references(case_ids: Any) -> dict[int, str]:
    return dict(Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "reference"))


def _last_year() -> dict[str, date]:
    today = timezone.localdate()
    return {"since": today - timedelta(365), "until": today}
