"""Inviting many at once: a file is looked at line by line, then all of it is followed or nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel import limits, tables
from kernel.previews import Preview, StaleError
from members import people_file
from members.access import OrganisationRequest, for_roles
from members.confirming import confirmed
from members.forms.people import PeopleFileForm
from members.roles import Role
from members.selectors.people import declined, known_addresses
from members.services import joining
from members.wording import UNREADABLE

FILES_A_DAY = 20


@for_roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def people_import(request: OrganisationRequest) -> HttpResponse:
    """Look at a file: who would be invited, as what, and what is wrong. Nothing is done yet."""
    form = PeopleFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"form": form}, 422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    try:
        lines = people_file.read(upload.name or "", upload.read(tables.LARGEST + 1))
    except tables.UnreadableError as unreadable:
        form.add_error("file", UNREADABLE[str(unreadable)])
        return _page(request, {"form": form}, 422)
    said_no = declined(request.organisation.pk, [line.email for line in lines])
    lines = people_file.compared(lines, known_addresses(), said_no)
    problems = sum(bool(line.problems) for line in lines)
    rows = [[line.number, line.name, line.email, line.team, ",".join(line.roles)] for line in lines]
    signed = "" if problems else _preview(request).seal(rows)
    return _page(request, {"form": PeopleFileForm(), "lines": lines, "problems": problems, "signed": signed}, 200)


@for_roles(Role.ADMINISTRATOR)
@require_POST
@confirmed
def people_import_save(request: OrganisationRequest) -> HttpResponse:
    """Invite everyone whose line was looked at: all of them, or none."""
    try:
        rows = _preview(request).opened(request.POST.get("signed", ""))
    except StaleError:
        messages.error(request, _("This preview is too old. Choose the file again."))
        return redirect("people_import", request.organisation.slug)
    if not limits.within("invite-many", request.organisation.pk, FILES_A_DAY, seconds=86400):
        messages.error(request, _("That is more than can be invited in a day. Go on tomorrow."))
        return redirect("people_import", request.organisation.slug)
    lines = [people_file.line(*row) for row in rows]
    try:
        count = joining.invite_many(
            organisation=request.organisation, lines=lines, by=request.member, at=timezone.now()
        )
    except joining.ProblemsError:
        messages.error(request, _("Something changed since you looked; nobody was invited. Choose the file again."))
        return redirect("people_import", request.organisation.slug)
    said = ngettext("%(count)d person is invited by mail.", "%(count)d people are invited by mail.", count)
    messages.success(request, said % {"count": count})
    return redirect("member_list", request.organisation.slug)


def _preview(request: OrganisationRequest) -> Preview:
    return Preview("people", request.organisation.pk, request.member.pk)


def _page(request: OrganisationRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "members/people_import.html", context, status=status)
