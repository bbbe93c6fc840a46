"""Thanking another member."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kernel import limits
from members.access import OrganisationRequest, for_members
from members.forms.thanks import ThanksForm
from members.models import Thanks
from members.selectors import directory
from members.services import thanking

THANKS_A_DAY = 20


@for_members
@require_http_methods(["GET", "POST"])
def thank(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """Thank somebody, where everybody can read it."""
    to = directory.present().filter(pk=member_id).exclude(pk=request.member.pk).first()
    if not to:
        raise Http404
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.within("thanks", request.user.pk, THANKS_A_DAY, seconds=86400):
            thanking.thank(to=to, text=form.cleaned_data["text"], by=request.member, at=timezone.now())
            messages.success(request, _("They were told, and everybody can read it."))
            return redirect("group", request.organisation.slug)
        form.add_error(None, _("That is more than one can thank in a day. Go on tomorrow."))
    return render(request, "members/thank.html", {"form": form, "to": to}, status=422 if form.errors else 200)


@for_members
@require_POST
def thanks_remove(request: OrganisationRequest, thanks_id: int) -> HttpResponse:
    """Take a word of thanks away that one wrote, or that was written to one."""
    found = Thanks.objects.filter(pk=thanks_id).first()
    if not found:
        raise Http404
    try:
        thanking.take_away(thanks=found, by=request.member)
    except thanking.NotTheirsError as error:
        raise Http404 from error
    messages.success(request, _("It is gone."))
    return redirect("group", request.organisation.slug)
