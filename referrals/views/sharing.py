"""A member's personal link for an opening, and the page of whoever follows it."""

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel import limits, links
from kernel.numbers import number
from kernel.tenancy import tenant
from members.access import OrganisationRequest, for_members, public
from members.models import Organisation
from programmes import selectors as programmes
from referrals import introductions
from referrals.forms.cases import ApplicationForm
from referrals.models import Opening, SharedLink
from referrals.services import curricula, submission
from referrals.services import links as own_links
from referrals.services.beginning import NoProgrammeError
from referrals.services.links import SHARED

APPLICATIONS_A_DAY = 40


@for_members
@require_POST
def share(request: OrganisationRequest) -> HttpResponse:
    """A member's own link, for an opening or for any: as an address, a QR code, and a text that is ready to send."""
    opening = _opening(request.POST.get("opening", ""))
    token = own_links.for_sharing(
        organisation=request.organisation, member=request.member, opening=opening, at=timezone.now()
    )
    address = settings.SITE_URL + reverse("shared", args=[token])
    chosen = request.POST.get("language", "")
    language = chosen if chosen in request.organisation.languages else request.organisation.language
    with translation.override(language):
        text = introductions.ready_to_send(
            organisation=request.organisation.name,
            opening=opening.title if opening else "",
            sender=request.member.name,
            address=address,
        )
    picture = segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="#14181b", light="#ffffff")
    context = {
        "opening": opening,
        "address": address,
        "text": text,
        "chosen": language,
        "picture": mark_safe(picture),  # noqa: S308 - made of an address of our own
    }
    return render(request, "referrals/share.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a member's link leads to: the opening, who shares it, and a form. Looking changes nothing."""
    link = links.find(token, SHARED, timezone.now())
    if not link:
        return _sealed(render(request, "referrals/candidate_gone.html", status=404))
    organisation = Organisation.objects.get(pk=link.organisation_id)
    with tenant(organisation.pk):
        related = SharedLink.objects.select_related("member", "opening__client")
        found = related.filter(pk=link.target_id or 0, member__left_on=None).first()
        closed = found and found.opening and found.opening.closed_on
        if not found or closed or not programmes.in_force("referral", timezone.localdate()):
            return _sealed(render(request, "referrals/candidate_gone.html", status=404))
        chosen = request.GET.get("language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language() or "en"
        with translation.override(language):
            form = ApplicationForm(request.POST or None, request.FILES or None)
            context: dict[str, Any] = {"organisation": organisation, "shared": found, "form": form}
            if request.method == "POST" and form.is_valid():
                _apply(organisation, found, form, language, request)
                return _sealed(render(request, "referrals/shared_done.html", context))
            return _sealed(render(request, "referrals/shared.html", context, status=422 if form.errors else 200))


def _apply(
    organisation: Organisation, found: SharedLink, form: ApplicationForm, language: str, request: HttpRequest
) -> None:
    """Hand in the recommendation. Whether the person was known already is told to nobody: a mail asks them, or none does."""
    entered = form.cleaned_data
    if not limits.within("apply", f"{found.organisation_id}:{found.member_id}", APPLICATIONS_A_DAY, seconds=86400):
        return
    person = submission.Person(
        applied=True, name=entered["name"], email=entered["email"], phone=entered["phone"], language=language
    )
    now = timezone.now()
    try:
        case, _token = submission.recommend(
            organisation=organisation, person=person, opening=found.opening, by=found.member, at=now
        )
    except (submission.AlreadyRecommendedError, submission.NoContactError, NoProgrammeError):
        return
    if entered["cv"] and case.candidate:
        curricula.keep(candidate=case.candidate, upload=entered["cv"], at=now)


def _opening(text: str) -> Opening | None:
    if not text:
        return None
    opening = Opening.objects.filter(pk=number(text) or 0, closed_on=None).select_related("client").first()
    if not opening:
        raise Http404
    return opening


def _sealed(response: HttpResponse) -> HttpResponse:
    """As with a person's own link: no request passes the address on."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
