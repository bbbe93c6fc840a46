"""What members of a network say of themselves."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import places
from members.access import OrganisationRequest, for_members
from members.forms.profiles import ProfileForm
from members.models import MemberProfile
from members.selectors import directory
from members.services import profiles


@for_members
@require_http_methods(["GET", "POST"])
def profile_edit(request: OrganisationRequest) -> HttpResponse:
    """What a member says of themselves."""
    known = directory.profile_of(request.member)
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        instance=directory.profile_of(request.member),
        country=request.organisation.country,
    )
    if request.method == "POST" and form.is_valid():
        profiles.save_profile(
            member=request.member,
            fields=form.answers,
            photo=form.cleaned_data["photo"],
            without_photo=bool(form.cleaned_data.get("without_photo")),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("member_profile", request.organisation.slug, request.member.pk)
    context = {"form": form, "known": known, "words": directory.disciplines()}
    return render(request, "members/profile_form.html", context, status=422 if form.errors else 200)


@for_members
@require_safe
def member_photo(request: OrganisationRequest, member_id: int) -> FileResponse:
    """A member's photo."""
    found = MemberProfile.objects.filter(member=member_id, member__left_on=None).exclude(photo="").first()
    if not found:
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return FileResponse(found.photo.open(), content_type="image/jpeg", headers=headers)


@for_members
@require_safe
def towns(request: OrganisationRequest) -> HttpResponse:
    """Towns whose name begins as somebody types."""
    found = places.suggest(request.GET.get("town", ""), request.organisation.country)
    return render(request, "members/_towns.html", {"towns": found})
