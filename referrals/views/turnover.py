"""Turnover from a file: a preview of every line first, then all or nothing."""

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
from members.access import OrganisationRequest, for_leavers_too
from referrals import turnover_file
from referrals.forms.cases import DaysFileForm
from referrals.services import importing, importing_turnover
from referrals.wording import UNREADABLE, UNREADABLE_TURNOVER


@for_leavers_too
@require_http_methods(["GET", "POST"])
def turnover_import(request: OrganisationRequest) -> HttpResponse:
    """Look at a file: which line is of which assignment, what changes, what is wrong. Nothing is saved yet."""
    form = DaysFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, {"form": form}, 422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    content, name = upload.read(tables.LARGEST + 1), (upload.name or "")[-120:]
    try:
        lines = turnover_file.read(name, content)
    except tables.UnreadableError as unreadable:
        form.add_error("file", (UNREADABLE | UNREADABLE_TURNOVER)[str(unreadable)])
        return _page(request, {"form": form}, 422)
    looked = importing_turnover.look(lines, request.member, timezone.now())
    sha256 = importing_turnover.digest(content, request.member)
    problems = sum(bool(one.line.problems) for one in looked)
    packed = [name, sha256, [_packed(one.line) for one in looked]]
    context = {
        "form": DaysFileForm(),
        "lines": looked,
        "problems": problems,
        "changes": sum(one.changes for one in looked),
        "before": importing.imported_before(sha256),
        "signed": "" if problems else _preview(request).seal(packed),
    }
    return _page(request, context, 200)


@for_leavers_too
@require_POST
def turnover_import_save(request: OrganisationRequest) -> HttpResponse:
    """Record the lines that were looked at: all of them, or none."""
    try:
        name, sha256, rows = _preview(request).opened(request.POST.get("signed", ""))
    except StaleError:
        messages.error(request, _("This preview is too old. Choose the file again."))
        return redirect("turnover_import", request.organisation.slug)
    lines = [turnover_file.line(*row) for row in rows]
    try:
        changed = importing_turnover.import_turnover(
            lines=lines, name=name, sha256=sha256, by=request.member, at=timezone.now()
        )
    except importing.ImportedAlreadyError:
        messages.warning(request, _("This very file was imported before; nothing was changed."))
    except importing.ProblemsError:
        messages.error(request, _("Something changed since you looked; nothing was imported. Choose the file again."))
    else:
        said = ngettext("%(count)d month was recorded.", "%(count)d months were recorded.", changed)
        messages.success(request, said % {"count": changed})
        return redirect("assignment_list", request.organisation.slug)
    return redirect("turnover_import", request.organisation.slug)


def _preview(request: OrganisationRequest) -> Preview:
    return Preview("turnover", request.organisation.pk, request.member.pk)


def _packed(line: turnover_file.Line) -> list[Any]:
    return [line.number, line.case, str(line.month), str(line.amount)]


def _page(request: OrganisationRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "referrals/turnover_import.html", context, status=status)
