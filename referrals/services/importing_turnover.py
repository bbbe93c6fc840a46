"""A performer's turnover from a file: each line looked at first, then all of them recorded or none."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from members.models import Member
from referrals.models import Placement
from referrals.selectors.assignments import turnover_of, won_on
from referrals.services import assignments
from referrals.services.importing import ProblemsError, note_import
from referrals.turnover_file import Line


@dataclass(frozen=True)
class Looked:
    """A line of the file with the assignment it is for, and what was said of that month before."""

    line: Line
    placement: Placement | None
    before: Decimal | None

    @property
    def changes(self) -> bool:
        return not self.line.problems and self.line.amount != self.before


def digest(content: bytes, performer: Member) -> str:
    """Return what a file of a performer is recognised by."""
    return hashlib.sha256(f"turnover {performer.pk} ".encode() + content).hexdigest()


def look(lines: Iterable[Line], performer: Member, at: datetime) -> list[Looked]:
    """Find the assignment of each line and add what is wrong with it, in a fixed number of queries."""
    lines = list(lines)
    related = Placement.objects.select_related("case", "client")
    own = related.filter(performer=performer, case__kind="opportunity", case__reference__in={one.case for one in lines})
    placements = {one.case.reference: one for one in own}
    won = won_on({one.case_id for one in placements.values()})
    known = turnover_of({one.pk for one in placements.values()})
    found = []
    for line in lines:
        placement = placements.get(line.case)
        since = won.get((placement.case_id, placement.key)) if placement else None
        _check(line, since, timezone.localdate(at))
        before = known.get((placement.pk, line.month)) if placement and line.month else None
        found.append(Looked(line, placement, before))
    return found


@transaction.atomic
def import_turnover(*, lines: Iterable[Line], name: str, sha256: str, by: Member, at: datetime) -> int:
    """Record the turnover of a performer's file, all or nothing; return how many months changed.

    Raises ImportedAlreadyError for the same file again, ProblemsError (with the lines) when one cannot be recorded.
    """
    looked = look(lines, by, at)
    if any(one.line.problems for one in looked):
        raise ProblemsError(looked)
    note_import(name=name, sha256=sha256, lines=len(looked), by=by, at=at)
    months = [
        assignments.Month(one.placement, one.line.month, one.line.amount)
        for one in looked
        if one.changes and one.placement and one.line.month and one.line.amount is not None
    ]
    assignments.set_many_turnovers(months=months, by=by, at=at)
    return len(months)


def _check(line: Line, since: date | None, today: date) -> None:
    if not line.case:
        return
    if since is None:
        line.problems.append("unknown_assignment")
    elif line.month and line.month < since.replace(day=1):
        line.problems.append("before_won")
    if line.month and line.month > today:
        line.problems.append("future")
