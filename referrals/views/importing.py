"""Days worked from a file: a preview of every line first, then all or nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel import tables
from kernel.previews import Preview, StaleError
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from referrals import days_file
from referrals.forms.cases import DaysFileForm
from referrals.services import importing
from referrals.wording import UNREADABLE


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def days_import(request: OrganisationRequest) -> HttpResponse:
    """Look at a file: which line is for whom, what changes, what is wrong. Nothing is saved yet."""
    form = DaysFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"form": form}, 422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    content, name = upload.read(tables.LARGEST + 1), (upload.name or "")[-120:]
    sha256 = importing.digest(content)
    try:
        lines = days_file.read(name, content)
    except tables.UnreadableError as unreadable:
        form.add_error("file", UNREADABLE[str(unreadable)])
        return _page(request, {"form": form}, 422)
    looked = importing.look(lines, timezone.now())
    context = {
        "form": DaysFileForm(),
        "lines": looked,
        "problems": sum(bool(one.line.problems) for one in looked),
        "changes": sum(one.changes for one in looked),
        "before": importing.imported_before(sha256),
        "signed": _signed(request, name, sha256, looked),
    }
    return _page(request, context, 200)


@for_roles(Role.RECRUITER)
@require_POST
def days_import_save(request: OrganisationRequest) -> HttpResponse:
    """Record the lines that were looked at: all of them, or none."""
    try:
        packed = _preview(request).opened(request.POST.get("signed", ""))
    except StaleError:
        messages.error(request, _("This preview is too old. Choose the file again."))
        return redirect("days_import", request.organisation.slug)
    name, sha256, rows = packed
    lines = [days_file.line(*row) for row in rows]
    try:
        changed = importing.import_days(lines=lines, name=name, sha256=sha256, by=request.member, at=timezone.now())
    except importing.ImportedAlreadyError:
        messages.warning(request, _("This very file was imported before; nothing was changed."))
    except importing.ProblemsError:
        messages.error(request, _("Something changed since you looked; nothing was imported. Choose the file again."))
    else:
        said = ngettext("%(count)d month was recorded.", "%(count)d months were recorded.", changed)
        messages.success(request, said % {"count": changed})
    return redirect("days_import", request.organisation.slug)


def _signed(request: OrganisationRequest, name: str, sha256: str, looked: list[importing.Looked]) -> str:
    """What was looked at, to be recorded just so; empty where a line has a problem."""
    if any(one.line.problems for one in looked):
        return ""
    return _preview(request).seal([name, sha256, [_packed(one.line) for one in looked]])


def _preview(request: OrganisationRequest) -> Preview:
    return Preview("days", request.organisation.pk, request.member.pk)


def _packed(line: days_file.Line) -> list[Any]:
    return [
        line.number,
        line.case,
        line.placement,
        *(str(x) if x is not None else None for x in (line.month, line.days)),
    ]


def _page(request: OrganisationRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "referrals/days_import.html", context, status=status)
