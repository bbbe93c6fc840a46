"""The audit log: who did what when, to be searched and taken along."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.exports import csv_file
from members.access import OrganisationRequest, for_roles
from members.roles import Role
from trail import selectors
from trail.forms import TrailForm
from trail.selectors import Wanted
from trail.wording import said


@for_roles(Role.ADMINISTRATOR)
@require_safe
def audit_log(request: OrganisationRequest) -> HttpResponse:
    """What happened, newest first, by what it is about, by whom, and when."""
    form = TrailForm(request.GET)
    wanted = form.wanted(request.GET.get("before", "")) if form.is_valid() else None
    page = selectors.trail(request.organisation, wanted) if wanted else None
    context = {"form": form, "page": page, "names": selectors.names()}
    return render(request, "trail/audit_log.html", context, status=200 if wanted else 422)


@for_roles(Role.ADMINISTRATOR)
@require_safe
def audit_log_csv(request: OrganisationRequest) -> HttpResponse:
    """The same as a table, as far as an export goes."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        context: dict[str, Any] = {"form": form, "page": None, "names": {}}
        return render(request, "trail/audit_log.html", context, status=422)
    return csv_file(f"audit-log-{timezone.localdate()}", _table(request, form.wanted("")))


def _table(request: OrganisationRequest, wanted: Wanted) -> Iterator[list[Any]]:
    names, count = selectors.names(), 0
    yield ["at", "by", "what", "about", "changed"]
    for row in selectors.whole_trail(request.organisation, wanted):
        changed = "; ".join(_changed(*change) for change in row.changes)
        who = names.get(row.who, "") if row.who else ""
        yield [row.place.at.isoformat(), who, said(row.place.source, row.what), row.about, changed]
        count += 1
    if count >= selectors.LONGEST_EXPORT:
        yield [_("There is more before this; export it by days.")]


def _changed(label: Any, old: Any, new: Any) -> str:
    return str(label) if old is None and new is None else f"{label}: {old} > {new}"
