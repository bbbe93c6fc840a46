"""Days worked, and turnover, from a file: a preview of every line first, then all or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from members.access import OrganisationRequest, for_leavers_too, for_roles
from members.roles import Role
from referrals import days_file, turnover_file
from referrals.forms.cases import DaysFileForm
from referrals.services import importing, importing_turnover
from referrals.wording import UNREADABLE, UNREADABLE_TURNOVER


@dataclass(frozen=True)
class FileImport:
    """What is in a file, how its lines are read, looked at and recorded, and where one goes then.

    Its route and its template are called by its name; the route that records has `_save` behind it.
    """

    name: str
    then: str
    unreadable: Mapping[str, Any]
    read: Callable[[str, bytes], list[Any]]
    line: Callable[..., Any]
    packed: Callable[[Any], list[Any]]
    digest: Callable[[OrganisationRequest, bytes], str]
    look: Callable[[OrganisationRequest, list[Any]], list[Any]]
    record: Callable[..., int]


DAYS = FileImport(
    name="days_import",
    then="days_import",
    unreadable=UNREADABLE,
    read=days_file.read,
    line=days_file.line,
    packed=lambda line: [line.number, line.case, line.placement, str(line.month), str(line.days)],
    digest=lambda _request, content: importing.digest(content),
    look=lambda _request, lines: importing.look(lines, timezone.now()),
    record=importing.import_days,
)
TURNOVER = FileImport(
    name="turnover_import",
    then="assignment_list",
    unreadable=UNREADABLE | UNREADABLE_TURNOVER,
    read=turnover_file.read,
    line=turnover_file.line,
    packed=lambda line: [line.number, line.case, str(line.month), str(line.amount)],
    digest=lambda request, content: importing_turnover.digest(content, request.member),
    look=lambda request, lines: importing_turnover.look(lines, request.member, timezone.now()),
    record=importing_turnover.import_turnover,
)


@for_roles(Role.RECRUITER)
@require_http_methods(["GET", "POST"])
def days_import(request: OrganisationRequest) -> HttpResponse:
    """Look at a file of days worked: which line is for whom, what changes, what is wrong. Nothing is saved yet."""
    return _look(request, DAYS)


@for_roles(Role.RECRUITER)
@require_POST
def days_import_save(request: OrganisationRequest) -> HttpResponse:
    """Record the lines that were looked at: all of them, or none."""
    return _record(request, DAYS)


@for_leavers_too
@require_http_methods(["GET", "POST"])
def turnover_import(request: OrganisationRequest) -> HttpResponse:
    """Look at a file of turnover: which line is of which assignment, what changes, what is wrong. Nothing is saved yet."""
    return _look(request, TURNOVER)


@for_leavers_too
@require_POST
def turnover_import_save(request: OrganisationRequest) -> HttpResponse:
    """Record the lines that were looked at: all of them, or none."""
    return _record(request, TURNOVER)


def _look(request: OrganisationRequest, file: FileImport) -> HttpResponse:
    form = DaysFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, file, {"form": form}, 422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    content, name = upload.read(tables.LARGEST + 1), (upload.name or "")[-120:]
    try:
        lines = file.read(name, content)
    except tables.UnreadableError as unreadable:
        form.add_error("file", file.unreadable[str(unreadable)])
        return _page(request, file, {"form": form}, 422)
    looked, sha256 = file.look(request, lines), file.digest(request, content)
    problems = sum(bool(one.line.problems) for one in looked)
    packed = [name, sha256, [file.packed(one.line) for one in looked]]
    context = {
        "form": DaysFileForm(),
        "lines": looked,
        "problems": problems,
        "changes": sum(one.changes for one in looked),
        "before": importing.imported_before(sha256),
        "signed": "" if problems else _preview(request, file).seal(packed),
    }
    return _page(request, file, context, 200)


def _record(request: OrganisationRequest, file: FileImport) -> HttpResponse:
    try:
        name, sha256, rows = _preview(request, file).opened(request.POST.get("signed", ""))
    except StaleError:
        messages.error(request, _("This preview is too old. Choose the file again."))
        return redirect(file.name, request.organisation.slug)
    lines = [file.line(*row) for row in rows]
    try:
        changed = file.record(lines=lines, name=name, sha256=sha256, by=request.member, at=timezone.now())
    except importing.ImportedAlreadyError:
        messages.warning(request, _("This very file was imported before; nothing was changed."))
    except importing.ProblemsError:
        messages.error(request, _("Something changed since you looked; nothing was imported. Choose the file again."))
    else:
        said = ngettext("%(count)d month was recorded.", "%(count)d months were recorded.", changed)
        messages.success(request, said % {"count": changed})
        return redirect(file.then, request.organisation.slug)
    return redirect(file.name, request.organisation.slug)


def _preview(request: OrganisationRequest, file: FileImport) -> Preview:
    return Preview(file.name, request.organisation.pk, request.member.pk)


def _page(request: OrganisationRequest, file: FileImport, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, f"referrals/{file.name}.html", context, status=status)
