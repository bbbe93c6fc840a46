"""Trying a draft: dates typed on a timeline, or those of a real case, and at once what they would bring. Keeps nothing."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.numbers import number
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from programmes import trial, wording
from programmes.builder.posted import Sent
from programmes.engine.facts import KINDS, day_of
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.mistakes import sentence
from programmes.models import Draft
from referrals.models import Case
from referrals.selectors.timelines import timelines

Typed = list[tuple[str, str, Mapping[str, str]]]


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def draft_try(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """What is owed, when, to whom and why, for facts that are typed here."""
    draft = Draft.objects.select_related("programme").filter(pk=draft_id).first()
    if not draft:
        raise Http404
    try:
        rules = RuleSet.read(draft.document)
    except Refused:
        return render(request, "programmes/try.html", {"draft": draft, "unfinished": True})
    context: dict[str, Any] = {"draft": draft, "kinds": [(kind, wording.fact(kind)) for kind in KINDS]}
    if request.method == "POST":
        sent = Sent(request.POST.lists())
        rows, as_of = _typed(sent), day_of(sent.text("as_of"))
    else:
        rows, context["loading"] = _loaded(request, rules)
        as_of = None
    as_of = as_of or _last_day(rows)
    tried = trial.attempt(rules, rows, as_of)
    wrong: dict[str, list[str]] = defaultdict(list)
    for mistake in tried.mistakes:
        wrong[mistake.path].append(sentence(mistake))
    context |= {"trial": tried, "wrong": dict(wrong), "as_of": as_of, "rules": rules}
    page = "programmes/_trial.html" if request.htmx else "programmes/try.html"
    return render(request, page, context)


def _typed(sent: Sent) -> Typed:
    rows: Typed = []
    for place in sent.numbers("facts"):
        start = f"facts.{place}."
        values = {name.removeprefix(start + "v."): sent.text(name) for name in sent if name.startswith(start + "v.")}
        rows.append((sent.text(start + "on"), sent.text(start + "fact"), values))
    what, _colon, text = sent.text("do").partition(":")
    row = number(text)
    if what == "add":
        rows.append((rows[-1][0] if rows else timezone.localdate().isoformat(), "", {}))
    if what == "remove" and row is not None and row < len(rows):
        rows.pop(row)
    return rows


def _loaded(request: OrganisationRequest, rules: RuleSet) -> tuple[Typed, str]:
    """The facts of the case that is asked for, or an imagined one; and what is to be said about it."""
    reference = request.GET.get("case", "").strip().upper()
    if not reference:
        return list(trial.beginning(rules, date(timezone.localdate().year, 1, 5))), ""
    case = Case.objects.filter(reference=reference).select_related("shares_with").first()
    if not case:
        return list(trial.beginning(rules, date(timezone.localdate().year, 1, 5))), _("There is no such case.")
    return list(trial.rows_of(timelines([case.leading.pk])[case.leading.pk].facts)), ""


def _last_day(rows: Typed) -> date:
    days = [day for on, _kind, _values in rows if (day := day_of(on))]
    return max([timezone.localdate(), *days])
