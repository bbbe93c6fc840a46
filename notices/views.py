"""Which mails a member wants."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.access import OrganisationRequest, for_members
from notices import selectors, services
from notices.forms import PreferenceForm


@for_members
@require_http_methods(["GET", "POST"])
def mails(request: OrganisationRequest) -> HttpResponse:
    """Switch kinds of mails on and off, and say how often one hears of the group."""
    own = selectors.preference_of(request.member)
    form = PreferenceForm(request.POST or None, instance=own, is_network=request.organisation.is_network)
    if request.method == "POST":
        form = PreferenceForm(request.POST, instance=own, is_network=request.organisation.is_network)
        if form.is_valid():
            services.set_preference(member=request.member, fields=form.answers)
            messages.success(request, _("Saved."))
            return redirect("mails", request.organisation.slug)
    return render(request, "notices/mails.html", {"form": form}, status=422 if form.errors else 200)
