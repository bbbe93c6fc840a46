"""The page of somebody who was asked to join: no account, a link. Looking at it changes nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import limits, links
from kernel.tenancy import tenant
from members.access import public
from members.forms.applications import ApplicationForm
from members.models import Application, Organisation
from members.selectors.membership import membership_terms
from members.services import applying
from members.theme import theme

SENT_A_DAY = 50


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks you, into what; apply, or decline, which erases what is known of you."""
    link = applying.link_of(token, timezone.now())
    if not link:
        return links.sealed(render(request, "members/application_gone.html", status=404))
    organisation = Organisation.objects.get(pk=link.organisation_id)
    with tenant(organisation.pk):
        found = Application.objects.select_related("brought_by").get(pk=link.target_id or 0)
        with translation.override(language_of(request, found)):
            return links.sealed(_page(request, organisation, found, token))


def language_of(request: HttpRequest, found: Application) -> str:
    """The language in which somebody reads of their application: the one they chose on the page, else theirs."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else found.language


def _page(request: HttpRequest, organisation: Organisation, found: Application, token: str) -> HttpResponse:
    now = timezone.now()
    terms = membership_terms()
    context = {
        "organisation": organisation,
        "theme": theme(organisation),
        "application": found,
        "terms": terms,
        "token": token,
    }
    if request.method == "POST" and not limits.within("application", found.pk, SENT_A_DAY, seconds=86400):
        return render(
            request,
            "members/application.html",
            context | {"form": ApplicationForm(instance=found, membership=terms)},
            status=429,
        )
    form = ApplicationForm(request.POST or None, instance=Application.objects.get(pk=found.pk), membership=terms)
    try:
        if request.method == "POST" and "decline" in request.POST:
            applying.decline(application=found, at=now)
            return render(request, "members/application.html", context | {"answered": "declined"})
        if request.method == "POST" and form.is_valid():
            applying.apply(application=found, fields=form.answers, terms=terms, at=now, token=token)
            return render(request, "members/application.html", context | {"form": form, "answered": "applied"})
    except applying.AnsweredAlreadyError:  # taken back, or decided, at this very moment
        return render(request, "members/application_gone.html", status=410)
    return render(request, "members/application.html", context | {"form": form}, status=422 if form.errors else 200)
