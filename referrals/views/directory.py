"""The members of a network, as they find each other: what they do, when they are available, what came of what they shared."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.access import OrganisationRequest, for_members
from members.forms.profiles import DirectoryForm
from members.selectors import applications, directory
from referrals.selectors import quality

PER_PAGE, THANKS_SHOWN = 30, 5


@for_members
@require_safe
def directory_list(request: OrganisationRequest) -> HttpResponse:
    """Everyone who is there, those who are available first; and who is available now and soon."""
    form, today = DirectoryForm(request.GET), timezone.localdate()
    wanted = directory.Wanted(**form.cleaned_data) if form.is_valid() else directory.Wanted()
    context = {
        "form": form,
        "page": Paginator(directory.found(wanted, today), PER_PAGE).get_page(request.GET.get("page")),
        "available": directory.available(today) if wanted.is_anyone else [],
        "own": directory.profile_of(request.member),
        "today": today,
    }
    return render(request, "referrals/directory_list.html", context)


@for_members
@require_safe
def member_profile(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """What a member says of themselves, and how many of their opportunities led to talks and to work."""
    person = directory.present().filter(pk=member_id).first()
    if not person:
        raise Http404
    context = {
        "person": person,
        "profile": directory.profile_of(person),
        "shared": quality.of_member(person),
        "admission": applications.admission_of(person),
        "brought_in": applications.brought_in(person),
        "thanks": directory.thanks_to(person)[:THANKS_SHOWN],
        "today": timezone.localdate(),
    }
    return render(request, "referrals/member_profile.html", context)
