"""Keys of programs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.forms.keys import KeyForm
from members.models import ApiKey
from members.roles import Role
from members.selectors import people as selectors
from members.services import keys


@for_roles(Role.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "POST"])
@confirmed
def api_keys(request: OrganisationRequest) -> HttpResponse:
    """The keys, and a new one, whose token is shown this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _key, token = keys.make(
                organisation=request.organisation, by=request.member, at=timezone.now(), **form.cleaned_data
            )
        except keys.TooManyError:
            form.add_error(None, _("Twenty keys are enough; revoke one first."))
            return render(request, "members/api_keys.html", {"form": form, "keys": selectors.keys()}, status=422)
        return render(request, "members/api_keys.html", {"form": KeyForm(), "keys": selectors.keys(), "token": token})
    context = {"form": form, "keys": selectors.keys()}
    return render(request, "members/api_keys.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def api_key_revoke(request: OrganisationRequest, key_id: int) -> HttpResponse:
    """Make a key useless."""
    found = ApiKey.objects.filter(pk=key_id).first()
    if not found:
        raise Http404
    keys.revoke(organisation=request.organisation, key=found, at=timezone.now())
    messages.success(request, _("The key %(name)s no longer works.") % {"name": found.name})
    return redirect("api_keys", request.organisation.slug)
