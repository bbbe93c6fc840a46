"""The builder: rules written as cards that read as sentences, tried against the checks while they are written."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.access import OrganisationRequest, for_roles
from members.roles import Role
from programmes import documents, selectors, services
from programmes.builder import edits, posted
from programmes.builder.posted import Sent
from programmes.builder.shapes import rule_set
from programmes.builder.tree import nearest, structure, tree, walk
from programmes.engine.mistakes import Mistake, Refused
from programmes.engine.rules import RuleSet
from programmes.forms import YamlForm
from programmes.mistakes import sentence
from programmes.models import Draft
from programmes.questions import policies
from programmes.terms import terms_of


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def draft_edit(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """The builder. Every change is kept at once; what others change meanwhile is put together with it."""
    draft = draft_of(draft_id)
    if request.method == "GET":
        return render(request, "programmes/draft_edit.html", _builder(draft))
    sent = Sent(request.POST.lists())
    base, mine = _base(request, draft), _mine(sent, draft)
    try:
        mine["document"] = _edited(mine["document"], sent.text("do"))
    except edits.NoSuchPlaceError:
        messages.warning(request, _("That part is not there any more."))
    try:
        saved = services.save_draft(draft=draft, base=base, mine=mine, by=request.member, at=timezone.now())
    except services.ChangedMeanwhileError as changed:
        current: Draft = changed.args[0]
        context = _builder(current) | {"conflict": current.changed_by, "lost": mine["document"]}
        return _whole(request, context)
    content = services.content(saved)
    theirs, do = content != mine, sent.text("do")
    if request.htmx and not theirs and not do and _shown(base) == _shown(content):
        return render(request, "programmes/_live.html", _builder(saved))
    context = {"joined": draft.changed_by if theirs else None, "focus": _focus(do, content["document"])}
    return _whole(request, _builder(saved) | context)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def draft_yaml(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """The rules as text: to read, to edit, to paste."""
    draft = draft_of(draft_id)
    form = YamlForm(request.POST or None, initial={"text": documents.written(draft.document)})
    if request.method == "POST" and form.is_valid():
        content = services.content(draft)
        mine = content | {"document": posted.normal(rule_set(), form.rules)}
        try:
            services.save_draft(
                draft=draft, base=_base(request, draft), mine=mine, by=request.member, at=timezone.now()
            )
        except services.ChangedMeanwhileError:
            form.add_error("text", _("Somebody changed the draft meanwhile. Look at it first; your text is kept here."))
        else:
            messages.success(request, _("Saved."))
            return redirect("draft_edit", request.organisation.slug, draft.pk)
    context = {"draft": draft, "form": form, "base": json.dumps(services.content(draft))}
    return render(request, "programmes/draft_yaml.html", context, status=422 if form.errors else 200)


def draft_of(draft_id: int) -> Draft:
    """Return a draft of the organisation, or raise Http404."""
    found = Draft.objects.select_related("programme", "changed_by").filter(pk=draft_id).first()
    if not found:
        raise Http404
    return found


def _base(request: OrganisationRequest, draft: Draft) -> Any:
    """What the form was made of, as it sent it back; what stands now for a form that names nothing."""
    try:
        base = json.loads(request.POST.get("base", ""))
    except (ValueError, RecursionError):
        return services.content(draft)
    whole = isinstance(base, dict) and base.keys() == {"name", "document", "texts"}
    return base if whole and isinstance(base["document"], dict) else services.content(draft)


def _mine(sent: Sent, draft: Draft) -> dict[str, Any]:
    texts = {language: sent.text(f"texts.{language}")[:8000] for language, _name in settings.LANGUAGES}
    name = draft.name if draft.programme else sent.text("draft_name")[:80] or draft.name
    document = posted.document(rule_set(), sent)
    return {"name": name, "document": document, "texts": {one: text for one, text in texts.items() if text}}


def _edited(document: Any, do: str) -> Any:
    what, _colon, path = do.partition(":")
    match what:
        case "add":
            return edits.add(rule_set(), document, path)
        case "remove":
            return edits.remove(rule_set(), document, path)
        case "up" | "down":
            return edits.move(rule_set(), document, path, -1 if what == "up" else 1)
        case _:
            return document


def _focus(do: str, document: Any) -> str:
    """The path of the row that was just added or moved, or of the list that one was taken from."""
    what, _colon, path = do.partition(":")
    holder, _dot, number = path.rpartition(".")
    if what == "add":
        rows = next((one.children for one in walk(tree(rule_set(), document)) if one.path == path), ())
        return rows[-1].path if rows else path
    if what in ("up", "down") and number.isdecimal():
        return f"{holder}.{max(int(number) + (-1 if what == 'up' else 1), 0)}"
    return holder


def _shown(content: Any) -> list[tuple[str, str]]:
    return structure(tree(rule_set(), content["document"]))


def read(draft: Draft) -> tuple[RuleSet | None, list[Mistake]]:
    """Return a draft's rules, and what is wrong with them; no rules where they cannot be read."""
    try:
        rules = RuleSet.read(draft.document)
    except Refused as refused:
        return None, refused.mistakes
    return rules, selectors.not_allowed(rules, draft.programme)


def _builder(draft: Draft) -> dict[str, Any]:
    """What the builder shows of a draft: its tree, what is wrong beside it, and the terms in each language."""
    shown = tree(rule_set(), draft.document)
    rules, mistakes = read(draft)
    beside: dict[str, list[str]] = {}
    for mistake in mistakes:
        beside.setdefault(nearest(shown, mistake.path), []).append(sentence(mistake))
    return {
        "draft": draft,
        "tree": shown,
        "nodes": list(walk(shown)),
        "mistakes": beside,
        "count": len(mistakes),
        "previews": _previews(rules) if rules else [],
        "base": json.dumps(services.content(draft)),
        "languages": settings.LANGUAGES,
        "saved_at": draft.changed_at,
    }


def _previews(rules: RuleSet) -> list[tuple[str, str, Any, list[str]]]:
    """The terms in each language: its code, its name, the terms, the policies."""
    found = []
    for language, name in settings.LANGUAGES:
        with translation.override(language):
            found.append((language, str(name), terms_of(rules), policies(rules)))
    return found


def _whole(request: OrganisationRequest, context: dict[str, Any]) -> HttpResponse:
    if not request.htmx:
        return render(request, "programmes/draft_edit.html", context)
    response = render(request, "programmes/_builder.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#builder", "outerHTML"
    return response
