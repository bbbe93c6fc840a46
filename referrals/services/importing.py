"""Days worked from a file: each line looked at first, then all of them recorded or none."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Member
from referrals.days_file import Line
from referrals.models import Case, Fact, Import, Placement
from referrals.selectors.timelines import live_facts
from referrals.services import placements


class ImportedAlreadyError(Exception):
    """The very same file was imported before: nothing is done again."""


class ProblemsError(Exception):
    """A line has a problem, so that nothing is imported: the lines, looked at again."""


@dataclass(frozen=True)
class Looked:
    """A line of the file with the placement it is for, and the days that were recorded for that month before."""

    line: Line
    placement: Placement | None
    before: Decimal | None

    @property
    def changes(self) -> bool:
        return not self.line.problems and self.line.days != (self.before or 0)


def digest(content: bytes) -> str:
    """Return what a file is recognised by."""
    return hashlib.sha256(content).hexdigest()


def imported_before(sha256: str) -> Import | None:
    """Return the earlier import of the same file."""
    return Import.objects.filter(sha256=sha256).select_related("imported_by").first()


def look(lines: Iterable[Line], at: datetime) -> list[Looked]:
    """Find the placement of each line and add what is wrong with it, in a fixed number of queries."""
    lines = list(lines)
    cases = {case.reference: case.leading for case in _cases(lines)}
    ids = {case.pk for case in cases.values()}
    known: dict[int, list[Placement]] = {pk: [] for pk in ids}
    for one in Placement.objects.filter(case__in=ids).select_related("case__candidate", "client").order_by("pk"):
        known[one.case_id].append(one)
    started: dict[tuple[int, str], Fact] = {}
    days: dict[tuple[int, str, object], Decimal] = {}
    for fact in live_facts(ids).filter(kind__in=["started", "worked"]):
        if fact.kind == "started":
            started.setdefault((fact.case_id, fact.placement), fact)
        else:
            key = (fact.case_id, fact.placement, fact.on)
            days[key] = days.get(key, Decimal(0)) + Decimal(fact.values["days"])
    found = []
    for line in lines:
        placement = _placement(line, cases, known)
        first = started.get((placement.case_id, placement.key)) if placement else None
        _check_month(line, placement, first, at)
        before = days.get((placement.case_id, placement.key, line.until)) if placement else None
        found.append(Looked(line, placement, before))
    return found


@transaction.atomic
def import_days(*, lines: Iterable[Line], name: str, sha256: str, by: Member, at: datetime) -> int:
    """Record the days of a file, all or none; return how many months changed.

    Raises ImportedAlreadyError for the same file again, ProblemsError (with the lines) when one cannot be recorded.
    """
    looked = look(lines, at)
    if any(one.line.problems for one in looked):
        raise ProblemsError(looked)
    note_import(name=name, sha256=sha256, lines=len(looked), by=by, at=at)
    changed = [one for one in looked if one.changes]
    worked = [
        placements.Worked(one.placement, one.line.until, one.line.days or Decimal(0))
        for one in changed
        if one.placement and one.line.until
    ]
    placements.set_many_days_worked(worked=worked, by=by, at=at)
    return len(changed)


def note_import(*, name: str, sha256: str, lines: int, by: Member, at: datetime) -> None:
    """Note that a file was imported. ImportedAlreadyError."""
    try:
        with transaction.atomic():
            Import.objects.create(sha256=sha256, name=name[-120:], lines=lines, imported_by=by, imported_at=at)
    except IntegrityError:
        raise ImportedAlreadyError from None


def _cases(lines: list[Line]) -> Iterable[Case]:
    own = Case.objects.filter(reference__in={line.case for line in lines}, kind="referral")
    return own.select_related("shares_with")


def _placement(line: Line, cases: dict[str, Case], known: dict[int, list[Placement]]) -> Placement | None:
    if not line.case:
        return None
    if line.case not in cases:
        line.problems.append("unknown_case")
        return None
    found = [one for one in known[cases[line.case].pk] if line.placement in ("", one.key)]
    if len(found) == 1:
        return found[0]
    line.problems.append("which_placement" if found else "no_placement")
    return None


def _check_month(line: Line, placement: Placement | None, started: Fact | None, at: datetime) -> None:
    if not placement or line.month is None or line.until is None:
        return
    if started is None:
        line.problems.append("not_started")
    elif line.until < started.on:
        line.problems.append("before_start")
    if line.month > timezone.localdate(at):
        line.problems.append("future")
