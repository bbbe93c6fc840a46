"""A recruiter moves cases: takes them, moves them, ends them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from members.models import Member
from referrals.models import Case, Fact
from referrals.pipeline import ENDED, OVER, Stage, moves_from, undone_by
from referrals.selectors.timelines import live_facts
from referrals.services.facts import NewFact, record, retract
from referrals.services.locking import lock
from referrals.services.presentations import may_be_presented


class MovedMeanwhileError(Exception):
    """Somebody else moved the case first: `case` as it is now, `mover` (None for the person referred)."""

    def __init__(self, case: Case, mover: Member | None) -> None:
        self.case, self.mover = case, mover
        super().__init__(case.reference)


class MoveRefusedError(Exception):
    """A move that the pipeline does not allow from where the case stands."""


class NotAgreedError(MoveRefusedError):
    """Nobody is presented to a client before they agreed to that assignment."""


@transaction.atomic
def accept(*, case: Case, by: Member) -> None:
    """Take a case in charge; MovedMeanwhileError when somebody else did."""
    if not Case.objects.filter(pk=case.pk, recruiter=None, is_over=False).update(recruiter=by):
        raise _moved(case)
    case.recruiter = by


@transaction.atomic
def move(*, case: Case, seen: Stage, to: Stage, on: date, by: Member, at: datetime) -> None:
    """Move a case from the stage in which it was seen; back, by retracting what was recorded of later steps."""
    current = lock(case.pk)
    if current.stage != seen:
        raise _moved(case)
    if to not in moves_from(Stage(current.stage), current.answer or None):
        raise MoveRefusedError
    if to is Stage.PRESENTED and not may_be_presented(case):
        raise NotAgreedError
    undone = undone_by(seen, to)
    if undone:
        retract(case=case, facts=list(live_facts([case.pk]).filter(kind__in=undone)), at=at, by=by)
    if to in moves_from(Stage(case.stage), case.answer) and to is not Stage.RECEIVED:
        record(case=case, facts=[NewFact(to, on)], at=at, by=by)
    Case.objects.filter(pk=case.pk, recruiter=None).update(recruiter=by)


@transaction.atomic
def end(*, case: Case, how: Stage, reason: str, text: str, on: date, by: Member, at: datetime) -> None:
    """End a case: rejected, withdrawn or closed; `reason` is a code, `text` what the member may read."""
    current = lock(case.pk)
    if how not in ENDED:
        raise MoveRefusedError
    if current.stage in OVER:
        raise _moved(case)
    record(case=case, facts=[NewFact(how, on, {"reason": reason}, text=text)], at=at, by=by)
    Case.objects.filter(pk=case.pk, recruiter=None).update(recruiter=by)


@dataclass(frozen=True)
class Several:
    """What became of several cases: those that went along, and those that could not, with why."""

    done: list[Case]
    not_done: list[tuple[Case, Exception]]


def move_several(*, cases: list[Case], to: Stage, on: date, by: Member, at: datetime) -> Several:
    """Move cases, each from where it stands; one that cannot move stays, and the others go on."""
    return _each(cases, lambda case: move(case=case, seen=Stage(case.stage), to=to, on=on, by=by, at=at))


def end_several(
    *, cases: list[Case], how: Stage, reason: str, text: str, on: date, by: Member, at: datetime
) -> Several:
    """End cases with one reason; one that is over already stays as it is."""
    return _each(cases, lambda case: end(case=case, how=how, reason=reason, text=text, on=on, by=by, at=at))


def _each(cases: list[Case], act: Callable[[Case], None]) -> Several:
    several = Several([], [])
    for case in cases:
        try:
            act(case)
        except (MovedMeanwhileError, MoveRefusedError) as refused:
            several.not_done.append((case, refused))
        else:
            several.done.append(case)
    return several


@transaction.atomic
def reopen(*, case: Case, on: date, by: Member, at: datetime) -> None:
    """Take up a case that was ended."""
    current = lock(case.pk)
    if current.stage not in ENDED:
        raise _moved(case)
    record(case=case, facts=[NewFact("reopened", on)], at=at, by=by)


def _moved(case: Case) -> MovedMeanwhileError:
    current = Case.objects.select_related("recruiter", "candidate").get(pk=case.pk)
    last = Fact.objects.filter(case=case).select_related("recorded_by").order_by("-id").first()
    return MovedMeanwhileError(current, last.recorded_by if last else None)
