"""What is kept of whom, for how long; what someone gets of it; who is erased."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import limits, links
from kernel.tenancy import tenant
from members.access import OrganisationRequest, for_leavers_too, for_roles, public
from members.confirming import confirmed
from members.forms.organisation import RetentionForm
from members.models import Member, Organisation
from members.roles import Role
from members.services import organisations
from privacy.selectors import erasable, exporting
from privacy.services import erasing
from privacy.wording import DELETED, NOT_ERASED
from referrals.models import Case, Deletion
from referrals.services.links import CANDIDATE

SHOWN = 20
LEAVERS = 100
EXPORTS_AN_HOUR = 10


@for_leavers_too
@require_safe
def my_data(request: OrganisationRequest) -> HttpResponse:
    """What a member can have of what is held of them, and how long it is kept."""
    return render(request, "privacy/my_data.html", {"years": erasable.YEARS[request.organisation.country]})


@for_leavers_too
@require_POST
@confirmed
def my_data_export(request: OrganisationRequest) -> HttpResponse:
    """All that is held of a member, as one file."""
    if not limits.within("export", request.member.pk, EXPORTS_AN_HOUR, seconds=3600):
        messages.warning(request, _("That is more than can be made in an hour. Go on later."))
        return redirect("my_data", request.organisation.slug)
    return _file(f"{request.organisation.slug}-my-data", exporting.of_member(request.member))


@for_roles(Role.RECRUITER, Role.ADMINISTRATOR)
@require_POST
@confirmed
def person_export(request: OrganisationRequest, reference: str) -> HttpResponse:
    """All that is held of a person who was recommended, for who asks for it by mail or by phone."""
    case = Case.objects.select_related("candidate").filter(reference=reference, candidate__erased_at=None).first()
    if not case or not case.candidate:
        raise Http404
    return _file(case.reference, exporting.of_person(case.candidate))


@public
@never_cache
@require_POST
def candidate_data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is held of a person, for themselves."""
    link = links.find(token, CANDIDATE, timezone.now())
    if not link or not limits.within("export-person", link.target_id or 0, EXPORTS_AN_HOUR, seconds=3600):
        raise Http404
    with tenant(link.organisation_id):
        case = Case.objects.select_related("candidate").get(pk=link.target_id or 0)
        assert case.candidate is not None
        response = _file(case.reference, exporting.of_person(case.candidate))
    response["Referrer-Policy"] = "strict-origin"
    return response


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
@confirmed
def retention(request: OrganisationRequest) -> HttpResponse:
    """The periods; before they are kept, a look at what they would delete. Members who left, and whether they can be erased."""
    form = RetentionForm(request.POST or None, instance=Organisation.objects.get(pk=request.organisation.pk))
    today, shown = timezone.localdate(), request.organisation
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            organisations.save_settings(organisation=request.organisation, fields=form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("retention", request.organisation.slug)
        shown = form.instance
    leavers = list(Member.objects.filter(left_on__isnull=False, erased_at=None).order_by("left_on", "pk")[:LEAVERS])
    why = erasable.obstacles(leavers)
    context = {
        "form": form,
        "shown": shown,
        "is_look": shown is not request.organisation,
        "outlook": [(DELETED[one.what], one) for one in erasable.outlook(shown, today)],
        "years": erasable.YEARS[request.organisation.country],
        "leavers": [(one, NOT_ERASED.get(why[one.pk], "")) for one in leavers],
        "deletions": Deletion.objects.order_by("-deleted_at")[:SHOWN],
    }
    return render(request, "privacy/retention.html", context, status=422 if form.errors else 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def member_erase(request: OrganisationRequest, member_id: int) -> HttpResponse:
    """Erase a member who left, because they ask for it."""
    found = Member.objects.select_related("user").filter(pk=member_id).first()
    if not found:
        raise Http404
    try:
        erasing.erase_member(member=found, at=timezone.now())
    except erasing.CannotBeErasedError as error:
        said = _("%(name)s cannot be erased now: %(why)s.")
        messages.error(request, said % {"name": found.name, "why": NOT_ERASED[str(error)]})
    else:
        messages.success(request, _("Erased. What they earned goes on under a pseudonym."))
    return redirect("retention", request.organisation.slug)


def _file(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)
