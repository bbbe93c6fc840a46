"""How long what is known of people is kept, and what that deletes when."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.access import OrganisationRequest, for_roles
from members.forms.organisation import RetentionForm
from members.models import Organisation
from members.roles import Role
from members.services import organisations
from referrals.models import Deletion
from referrals.selectors.retention import outlook

SHOWN = 20


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@reauthentication_required
def retention(request: OrganisationRequest) -> HttpResponse:
    """The periods; before they are kept, a look at what they would delete."""
    form = RetentionForm(request.POST or None, instance=Organisation.objects.get(pk=request.organisation.pk))
    today, shown = timezone.localdate(), request.organisation
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            organisations.save_settings(organisation=request.organisation, fields=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("retention", request.organisation.slug)
        shown = form.instance
    context = {
        "form": form,
        "shown": shown,
        "is_look": shown is not request.organisation,
        "outlook": outlook(shown, today),
        "deletions": Deletion.objects.order_by("-deleted_at")[:SHOWN],
    }
    return render(request, "referrals/retention.html", context, status=422 if form.errors else 200)
