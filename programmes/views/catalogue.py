"""Programmes as everybody reads them: the list, the terms, what changed, and that one agrees."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from kernel import numbers
from members.access import OrganisationRequest, for_members, for_roles
from members.roles import Role
from programmes import documents, selectors, services
from programmes.differences import differences
from programmes.examples import examples
from programmes.models import Programme, Version
from programmes.questions import policies, questions
from programmes.terms import terms_of


@for_members
@require_safe
def programme_list(request: OrganisationRequest) -> HttpResponse:
    """What the organisation promises; for administrators also what is being written."""
    found = selectors.listed(request.member, timezone.localdate())
    if not request.member.is_administrator:
        found = [one for one in found if one.version]
    context = {
        "programmes": found,
        "drafts": selectors.new_drafts() if request.member.is_administrator else [],
    }
    return render(request, "programmes/programme_list.html", context)


@for_members
@require_safe
def terms(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """The terms in force, and what changed since the version that the reader agreed to."""
    programme = programme_of(programme_id)
    version = selectors.current(programme, timezone.localdate())
    if not version or (version.effective_on > timezone.localdate() and not request.member.is_administrator):
        raise Http404
    accepted = selectors.last_accepted(request.member, programme)
    coming = selectors.coming(programme, timezone.localdate())
    context = page_of(version) | {
        "accepted": accepted,
        "has_accepted": bool(accepted and accepted.version_id == version.pk),
        "changes": differences(accepted.version.rule_set, version.rule_set) if accepted else [],
        "coming": coming,
        "is_in_force": True,
    }
    return render(request, "programmes/terms.html", context)


@for_members
@require_POST
def accept(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """Agree to the version that was read."""
    version = _version(programme_id, numbers.number(request.POST.get("version")) or 0)
    services.accept(version=version, by=request.member, at=timezone.now())
    return redirect("terms", request.organisation.slug, programme_id)


@for_members
@require_safe
def history(request: OrganisationRequest, programme_id: int) -> HttpResponse:
    """Every version, with what each changed, and what took its place before it held for a day."""
    programme = programme_of(programme_id)
    versions = selectors.history(programme)
    steps = []
    for one in versions:
        older = selectors.holding([other for other in versions if other.number < one.number], one.effective_on)
        replacing = selectors.replacing(one, versions)
        began = bool(replacing and timezone.localdate(replacing.published_at) >= one.effective_on)
        steps.append((one, differences(older.rule_set, one.rule_set) if older else [], replacing, began))
    return render(request, "programmes/history.html", {"programme": programme, "steps": steps})


@for_members
@require_safe
def version(request: OrganisationRequest, programme_id: int, number: int) -> HttpResponse:
    """The terms as one version says them, in force or not."""
    return render(request, "programmes/terms.html", page_of(_version(programme_id, number)))


@for_roles(Role.ADMINISTRATOR)
@require_safe
def export(request: OrganisationRequest, programme_id: int, number: int) -> HttpResponse:
    """A version's rules as a file that another organisation can begin with."""
    found = _version(programme_id, number)
    name = f"{slugify(found.programme.name) or 'programme'}-{found.number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(documents.written(found.rules), content_type="application/yaml; charset=utf-8", headers=headers)


def page_of(version: Version) -> dict[str, Any]:
    """What a page of terms shows of a version."""
    rules = version.rule_set
    return {
        "version": version,
        "programme": version.programme,
        "rules": rules,
        "terms": terms_of(rules),
        "policies": policies(rules),
        "questions": questions(rules),
        "examples": examples(rules, date(timezone.localdate().year, 1, 5)),
    }


def programme_of(programme_id: int) -> Programme:
    """Return a programme of the organisation, or raise Http404."""
    found = Programme.objects.filter(pk=programme_id).first()
    if not found:
        raise Http404
    return found


def _version(programme_id: int, number: int) -> Version:
    found = Version.objects.filter(programme=programme_id, number=number).select_related("programme").first()
    if not found:
        raise Http404
    return found
