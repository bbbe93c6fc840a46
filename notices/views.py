"""Which mails a member wants."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.access import OrganisationRequest, for_members
from notices import selectors, services
from notices.forms import PreferenceForm
from notices.kinds import OPTIONAL


@for_members
@require_http_methods(["GET", "POST"])
def mails(request: OrganisationRequest) -> HttpResponse:
    """Switch kinds of mails on and off."""
    muted = selectors.muted(request.member)
    form = PreferenceForm(request.POST or None, initial={"wanted": [kind for kind in OPTIONAL if kind not in muted]})
    if request.method == "POST":
        form = PreferenceForm(request.POST)
        if form.is_valid():
            wanted = form.cleaned_data["wanted"]
            services.set_muted(member=request.member, muted=[kind for kind in OPTIONAL if kind not in wanted])
            messages.success(request, _("Saved."))
            return redirect("mails", request.organisation.slug)
    return render(request, "notices/mails.html", {"form": form})
