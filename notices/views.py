"""Which mails a member wants; and stopping them by a link, without signing in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kernel import links
from kernel.tenancy import tenant
from members.access import OrganisationRequest, for_members, public
from members.models import Member
from members.theme import theme
from notices import selectors, services, unsubscribing
from notices.forms import PreferenceForm
from notices.kinds import CHOSEN, Kind


@for_members
@require_http_methods(["GET", "POST"])
def mails(request: OrganisationRequest) -> HttpResponse:
    """Switch kinds of mails on and off, and say how often one hears of the group."""
    own = selectors.preference_of(request.member)
    kinds = {"is_network": request.organisation.is_network, "recruits": request.organisation.recruits}
    form = PreferenceForm(request.POST or None, instance=own, **kinds)
    if request.method == "POST":
        form = PreferenceForm(request.POST, instance=own, **kinds)
        if form.is_valid():
            services.set_preference(member=request.member, fields=form.answers)
            messages.success(request, _("Saved."))
            if form.hears_of_no_opportunities:
                messages.warning(
                    request, _("No mail tells you of new opportunities now; they stand among the opportunities.")
                )
            return redirect("mails", request.organisation.slug)
    return render(request, "notices/mails.html", {"form": form}, status=422 if form.errors else 200)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Which mails stop; looking stops nothing. Mail programs post here by themselves: the address is all they have."""
    if kind not in CHOSEN:
        raise Http404
    link = unsubscribing.link_of(kind=Kind(kind), token=token, at=timezone.now())
    if not link:
        return links.sealed(render(request, "members/link_gone.html", status=404))
    organisation = link.organisation
    with tenant(organisation.pk):
        member = Member.objects.select_related("user").get(pk=link.target_id or 0)
        if request.method == "POST":
            unsubscribing.stop(member=member, kind=Kind(kind))
        chosen = request.GET.get("language", "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else member.user.language):
            context = {"organisation": organisation, "theme": theme(organisation), "kind": CHOSEN[Kind(kind)]}
            return links.sealed(
                render(request, "notices/unsubscribe.html", context | {"is_done": request.method == "POST"})
            )
