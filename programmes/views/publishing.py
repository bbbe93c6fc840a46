"""From a beginning to a published version: begun, copied, published, thrown away, retired."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.roles import Role
from programmes import documents, selectors, services
from programmes.builder import posted
from programmes.builder.shapes import rule_set
from programmes.differences import differences
from programmes.engine.mistakes import Refused
from programmes.engine.rules import RuleSet
from programmes.forms import NewForm, PublishForm, RetireForm
from programmes.labels import PRESETS
from programmes.models import Draft, Version
from programmes.views.catalogue import programme_of
from programmes.views.drafting import draft_of, read

BLANK = "blank"


class Shown(NamedTuple):
    """What the page shows: the fingerprint of the draft, and the id of the version beside it, or 0."""

    draft: str
    before: int


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def draft_new(request: OrganisationRequest) -> HttpResponse:
    """Begin a programme: from a preset, from nothing, or from a file."""
    presets = [*PRESETS.items(), (BLANK, _("Nothing: I write it myself"))]
    form = NewForm(request.POST or None, request.FILES or None, presets=presets, initial={"start": presets[0][0]})
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        document = posted.normal(rule_set(), entered.get("rules") or _beginning(entered["start"]))
        draft = services.start_draft(name=entered["name"], document=document, by=request.member, at=timezone.now())
        return redirect("draft_edit", request.organisation.slug, draft.pk)
    return render(request, "programmes/draft_new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def draft_publish(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """From when, with which words; and what changes for members: nothing is published that was not shown."""
    draft = draft_of(draft_id)
    form = PublishForm(request.POST or None, initial={"effective_on": timezone.localdate()})
    is_sent = request.method == "POST" and form.is_valid()
    takes_over_from = _before(draft, form.cleaned_data["effective_on"] if is_sent else timezone.localdate())
    shown = Shown(services.fingerprint(draft), takes_over_from.pk if takes_over_from else 0)
    if is_sent and _was_shown(form, shown, request.POST):
        version = _publish(request, draft, form)
        if version:
            messages.success(request, _("Published. Members are told by mail."))
            return redirect("terms", request.organisation.slug, version.programme_id)
    rules, mistakes = read(draft)
    context = {
        "draft": draft,
        "form": form,
        "shown": shown,
        "mistakes": mistakes,
        "changes": differences(takes_over_from.rule_set, rules) if takes_over_from and rules else [],
        "coming": selectors.coming(draft.programme, timezone.localdate()) if draft.programme else None,
        "beside": selectors.remitted_beside(rules, draft.programme, timezone.localdate()) if rules else None,
    }
    return render(request, "programmes/draft_publish.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def draft_discard(request: OrganisationRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away."""
    services.discard_draft(draft=draft_of(draft_id))
    messages.success(request, _("The draft is gone."))
    return redirect("programme_list", request.organisation.slug)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def draft_next(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """Write the next version of a programme."""
    draft = services.draft_of(programme=programme_of(programme_id), by=request.member, at=timezone.now())
    return redirect("draft_edit", request.organisation.slug, draft.pk)


@for_roles(Role.ADMINISTRATOR)
@require_POST
def copy(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """Begin another programme with the rules of this one."""
    programme = programme_of(programme_id)
    newest = selectors.history(programme)[0]
    draft = services.start_draft(
        name=_("Copy of %(name)s") % {"name": programme.name[:60]},
        document=posted.normal(rule_set(), newest.rules),
        texts=newest.texts,
        by=request.member,
        at=timezone.now(),
    )
    return redirect("draft_edit", request.organisation.slug, draft.pk)


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def retire(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """Take a programme out of force: nothing new runs under it, what runs goes on."""
    programme = programme_of(programme_id)
    form = RetireForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        services.retire(programme=programme, on=form.cleaned_data["on"])
        messages.success(request, _("Retired; what runs under it goes on."))
        return redirect("programme_list", request.organisation.slug)
    context = {"form": form, "programme": programme}
    return render(request, "programmes/programme_retire.html", context, status=422 if form.errors else 200)


def _publish(request: OrganisationRequest, draft: Draft, form: PublishForm) -> Version | None:
    try:
        return services.publish_draft(draft=draft, by=request.member, at=timezone.now(), **form.cleaned_data)
    except services.ChangedMeanwhileError:
        form.add_error(None, _("The draft was changed meanwhile. Look at what changes for members now, and publish."))
    except Refused:
        form.add_error(None, _("The draft has mistakes still; mend them first."))
    except services.NameTakenError:
        form.add_error(None, _("Another programme has this name; give this one another."))
    except services.NothingChangedError:
        form.add_error(None, _("This says what the newest version says already."))
    return None


def _beginning(start: str) -> Any:
    if start == BLANK:
        return documents.BLANK
    return RuleSet.read(documents.preset(start)).document()


def _before(draft: Draft, day: date) -> Version | None:
    """The version from which a draft takes over, if it begins on a day."""
    return selectors.current(draft.programme, day) if draft.programme else None


def _was_shown(form: PublishForm, shown: Shown, sent: QueryDict) -> bool:
    """Whether the page on which this was sent showed the draft as it is, beside the version from which it takes over."""
    if sent.get("draft") != shown.draft:
        form.add_error(None, _("The draft was changed meanwhile. Look at what changes for members now, and publish."))
    elif sent.get("before") != str(shown.before):
        form.add_error(
            None, _("On that day another version holds. Look at what changes for members then, and publish.")
        )
    return not form.errors
