"""A new organisation in four steps. The answers wait in the session; only the last one makes anything."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import limits
from members.access import public, signed_in
from members.accounts import ARRIVING
from members.forms.organisation import LegalForm
from members.models import Organisation, User
from programmes import documents, founding
from programmes.builder import posted
from programmes.builder.shapes import rule_set
from programmes.engine.rules import RuleSet
from programmes.founding_forms import BEGINNINGS, OrganisationForm, PeopleForm, ProgrammeForm
from programmes.terms import RewardTerms, terms_of

ANSWERS = "founding"
"""The session's key: what was typed, by step."""
STEPS: dict[str, tuple[Any, type[forms.BaseForm]]] = {
    "organisation": (gettext_lazy("Organisation"), OrganisationForm),
    "legal": (gettext_lazy("Invoices"), LegalForm),
    "programme": (gettext_lazy("Programme"), ProgrammeForm),
    "people": (gettext_lazy("People"), PeopleForm),
}
ORDER = list(STEPS)
LONGEST, MOST = 12_000, 10
FOUNDED_A_DAY = 3


@public
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What it takes to begin; who is not signed in does that first and comes back."""
    if request.user.is_authenticated:
        request.session.pop(ARRIVING, None)
        return redirect("start_step", ORDER[0])
    request.session[ARRIVING] = request.path
    return render(request, "programmes/start.html", {"steps": [title for title, _form in STEPS.values()]})


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def start_step(request: HttpRequest, step: str) -> HttpResponse:
    """One step: what was typed is kept when one goes back or comes back later."""
    if step not in STEPS:
        raise Http404
    assert request.user.is_authenticated
    answers = request.session.get(ANSWERS, {})
    if request.method == "POST":
        answers = {**answers, step: _typed(request, step)}
        request.session[ANSWERS] = answers
    bound = {name: _form(name, answers, request.user) for name in ORDER}
    missing = next((name for name in ORDER if not bound[name].is_valid()), None)
    if missing and ORDER.index(missing) < ORDER.index(step):
        return redirect("start_step", missing)
    if request.method == "POST" and bound[step].is_valid():
        if step != ORDER[-1]:
            return redirect("start_step", ORDER[ORDER.index(step) + 1])
        return _found(request, bound)
    return _page(request, step, bound[step])


def _typed(request: HttpRequest, step: str) -> dict[str, list[str]]:
    """What was typed into a step's own fields, as far as any of them can take it."""
    own = set(STEPS[step][1].base_fields)  # type: ignore[attr-defined]
    return {name: [one[:LONGEST] for one in said[:MOST]] for name, said in request.POST.lists() if name in own}


def _form(step: str, answers: dict[str, Any], by: User) -> Any:
    """Return a step's form, bound to what was typed in it; unbound, and so not valid, before that."""
    data = MultiValueDict(answers[step]) if step in answers else None
    more: dict[str, Any] = {}
    if step == "legal":
        country = answers.get("organisation", {}).get("country", [""])[-1]
        more = {"instance": Organisation(country=country)}
    if step == "people":
        more = {"known": [by.email]}
    return STEPS[step][1](data, **more)


def _page(request: HttpRequest, step: str, form: Any) -> HttpResponse:
    at = ORDER.index(step)
    context = {
        "form": form,
        "step": step,
        "title": STEPS[step][0],
        "number": at + 1,
        "count": len(ORDER),
        "back": ORDER[at - 1] if at else None,
    }
    if step == "programme":
        context["choices"] = zip(form["begin_with"], map(_rewards, BEGINNINGS.values()), strict=True)
    return render(request, f"programmes/start_{step}.html", context, status=422 if request.method == "POST" else 200)


def _rewards(beginning: tuple[Any, tuple[str, ...]]) -> list[RewardTerms]:
    """What the programmes of a beginning promise."""
    _words, presets = beginning
    return [one for preset in presets for one in terms_of(RuleSet.read(documents.preset(preset))).rewards]


def _found(request: HttpRequest, forms: dict[str, Any]) -> HttpResponse:
    assert request.user.is_authenticated
    if not limits.within("found", request.user.pk, FOUNDED_A_DAY, seconds=86400):
        forms["people"].add_error(None, _("You started three organisations today. Go on tomorrow."))
        return _page(request, "people", forms["people"])
    try:
        organisation = founding.found(beginning=_beginning(forms), by=request.user, at=timezone.now())
    except founding.AddressTakenError:
        messages.error(request, _("Another organisation took this name a moment ago."))
        return redirect("start_step", "organisation")
    del request.session[ANSWERS]
    messages.success(request, _("%(name)s is there.") % {"name": organisation.name})
    return redirect("programme_list", organisation.slug)


def _beginning(forms: dict[str, Any]) -> founding.Beginning:
    entered = {name: form.cleaned_data for name, form in forms.items()}
    is_in_force = entered["programme"]["is_in_force"]
    programmes = [
        founding.FirstProgramme(name, posted.normal(rule_set(), documents.preset(preset)), is_in_force)
        for preset, name in forms["programme"].presets.items()
    ]
    return founding.Beginning(
        organisation=entered["organisation"] | entered["legal"],
        founder=entered["people"]["founder"],
        programmes=programmes,
        invited=entered["people"]["invited"],
    )
