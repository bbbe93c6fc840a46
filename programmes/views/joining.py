"""What an organisation promises, for who holds a link to join it and wants to know first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import links
from kernel.models import Link
from kernel.tenancy import tenant
from members.access import public
from members.models import Application, Organisation
from members.services import applying
from members.services.joining import is_open, link_of
from members.views.applying import language_of
from programmes import selectors
from programmes.questions import policies
from programmes.terms import terms_of


@public
@never_cache
@require_safe
def join_terms(request: HttpRequest, token: str) -> HttpResponse:
    """The terms in force, before one joins; looking consumes nothing."""
    link = link_of(token, timezone.now())
    if not link or not is_open(link):
        return render(request, "members/link_gone.html", status=404)
    return _terms(request, link, reverse("join", args=[token]))


@public
@never_cache
@require_safe
def application_terms(request: HttpRequest, token: str) -> HttpResponse:
    """The same, before one applies, in the language of the page on which one does."""
    link = applying.link_of(token, timezone.now())
    if not link:
        return render(request, "members/application_gone.html", status=404)
    with tenant(link.organisation_id):
        language = language_of(request, Application.objects.get(pk=link.target_id or 0))
    with translation.override(language):
        return _terms(request, link, f"{reverse('application', args=[token])}?language={language}")


def _terms(request: HttpRequest, link: Link, back: str) -> HttpResponse:
    with tenant(link.organisation_id):
        versions = selectors.all_in_force(timezone.localdate())
        promised = [(one, terms_of(one.rule_set), policies(one.rule_set)) for one in versions]
    joining = Organisation.objects.get(pk=link.organisation_id)
    context = {"joining": joining, "back": back, "promised": promised}
    return links.sealed(render(request, "programmes/join_terms.html", context))
