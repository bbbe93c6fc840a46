"""The organisation itself: its legal data, and from what amount on finance is warned."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members import services
from members.access import OrganisationRequest, for_roles
from members.forms import LegalForm
from members.roles import Role


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@reauthentication_required
def organisation_settings(request: OrganisationRequest) -> HttpResponse:
    """What stands on invoices of the organisation."""
    form = LegalForm(request.POST or None, instance=request.organisation)
    if request.method == "POST" and form.is_valid():
        services.save_legal_data(organisation=request.organisation, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("organisation_settings", request.organisation.slug)
    return render(request, "members/organisation_settings.html", {"form": form}, status=422 if form.errors else 200)
