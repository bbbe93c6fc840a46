"""The page of the person recommended: no account, a link. Looking at it changes nothing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import links
from kernel.numbers import number
from kernel.tenancy import tenant
from members.access import public
from members.models import Organisation
from referrals.forms.cases import CvField
from referrals.models import Case, Note
from referrals.selectors import cases, tracking
from referrals.services import consent, curricula, presentations
from referrals.services.links import CANDIDATE

ANSWERS: dict[str, Callable[..., None]] = {"agree": consent.agree, "decline": consent.decline}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: HttpRequest, token: str) -> HttpResponse:
    """Who recommended you, to whom, for what; agree, decline, be forgotten; later: where it stands."""
    link = links.find(token, CANDIDATE, timezone.now())
    if not link:
        return links.sealed(render(request, "referrals/candidate_gone.html", status=404))
    organisation = Organisation.objects.get(pk=link.organisation_id)
    with tenant(organisation.pk):
        related = Case.objects.select_related(
            "candidate", "introducer", "opening__client", "recruiter", "shares_with__candidate"
        )
        case = related.get(pk=link.target_id or 0)
        assert case.candidate is not None
        chosen = request.GET.get("language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else case.candidate.language
        with translation.override(language):
            context: dict[str, Any] = {"organisation": organisation, "case": case, "token": token}
            if request.method == "POST":
                context |= _answer(request, organisation, case)
                case.refresh_from_db(fields=["stage", "stage_since", "answer", "is_over"])
            if "forgotten" in context:
                return links.sealed(render(request, "referrals/candidate_forgotten.html", context))
            context["introduction"] = Note.objects.filter(case=case, kind=Note.Kind.INTRODUCTION).first()
            context["asked"] = cases.presentations_of(case.leading)
            context["interviews"] = cases.coming_interviews(case.leading, timezone.now())
            (context["tracked"],) = tracking.track([case], timezone.localdate(), organisation.country)
            return links.sealed(render(request, "referrals/candidate.html", context))


def _answer(request: HttpRequest, organisation: Organisation, case: Case) -> dict[str, Any]:
    what, now = request.POST.get("answer"), timezone.now()
    if what in ANSWERS:
        ANSWERS[what](case=case.leading, at=now)
        return {"answered": what}
    if what in ("assignment_yes", "assignment_no"):
        asked = number(request.POST.get("presentation")) or 0
        found = presentations.answer(case=case.leading, presentation_id=asked, agreed=what == "assignment_yes", at=now)
        return {"answered": what} if found else {}
    if what == "forget":
        consent.forget(organisation=organisation, case=case, at=now)
        return {"forgotten": True}
    if what == "cv" and case.answer == "consented" and not case.is_over:
        return _keep_cv(request, case)
    return {}


def _keep_cv(request: HttpRequest, case: Case) -> dict[str, Any]:
    field = CvField()
    try:
        upload = field.clean(request.FILES.get("cv"))
    except ValidationError as error:
        return {"cv_errors": error.messages}
    assert upload is not None
    assert case.candidate is not None
    try:
        curricula.keep(candidate=case.candidate, upload=upload, at=timezone.now())
    except curricula.TooManyError:
        return {"cv_errors": [_("You have sent as many as we keep. Ask the recruiter to take one away.")]}
    return {"answered": "cv"}
