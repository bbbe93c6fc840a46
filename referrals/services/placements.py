"""What becomes of a person who was placed: the assignment, its start, the days worked, its end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from members.models import Member
from referrals.models import Case, Client, Fact, Placement
from referrals.pipeline import ENDED, OVER
from referrals.selectors.timelines import live_facts
from referrals.services.facts import Change, NewFact, change, record
from referrals.services.locking import lock, lock_all


class NotPlaceableError(Exception):
    """A case that is over, or whose person did not agree, gets no placement."""


@dataclass(frozen=True)
class Assignment:
    """What was agreed: with which client, for what, at which level."""

    client: Client
    title: str
    seniority: str = ""


class Worked(NamedTuple):
    """Days worked at a placement in the period that ends on `until`; zero days say that there were none."""

    placement: Placement
    until: date
    days: Decimal


@transaction.atomic
def place(*, case: Case, assignment: Assignment, on: date, by: Member, at: datetime) -> Placement:
    """Record that an assignment or job was agreed on."""
    current = lock(case.pk)
    if current.stage in OVER or current.answer != "consented":
        raise NotPlaceableError
    placement = Placement.objects.create(
        case=case,
        key=str(case.placements.count() + 1),
        client=assignment.client,
        title=assignment.title,
        seniority=assignment.seniority,
    )
    values = {"client": str(assignment.client.pk)}
    if assignment.seniority:
        values["seniority"] = assignment.seniority
    record(case=case, facts=[NewFact("placed", on, values, placement.key)], at=at, by=by)
    return placement


def start(*, placement: Placement, on: date, probation_ends: date | None, by: Member, at: datetime) -> None:
    """Record the first day at work."""
    values = {"probation_ends": probation_ends.isoformat()} if probation_ends else {}
    record(case=placement.case, facts=[NewFact("started", on, values, placement.key)], at=at, by=by)


def leave(*, placement: Placement, on: date, by: Member, at: datetime) -> None:
    """Record that the person no longer works there."""
    record(case=placement.case, facts=[NewFact("left", on, {}, placement.key)], at=at, by=by)


@transaction.atomic
def earn(*, placement: Placement, on: date, amount: Decimal, by: Member, at: datetime) -> None:
    """Record turnover of a placement; NotPlaceableError before it began, or when the case ended without it."""
    current = lock(placement.case_id)
    started = live_facts([placement.case_id]).filter(kind="started", placement=placement.key, on__lte=on)
    if current.stage in ENDED or not started.exists():
        raise NotPlaceableError
    record(case=placement.case, facts=[NewFact("revenue", on, {"amount": amount}, placement.key)], at=at, by=by)


def set_days_worked(*, placement: Placement, until: date, days: Decimal, by: Member, at: datetime) -> None:
    """Say how many days were worked in the period that ends on `until`; an earlier figure is retracted."""
    set_many_days_worked(worked=[Worked(placement, until, days)], by=by, at=at)


@transaction.atomic
def set_many_days_worked(*, worked: Iterable[Worked], by: Member, at: datetime) -> None:
    """The same for many placements and periods, in a fixed number of queries."""
    worked = list(worked)
    cases = {one.placement.case_id: one.placement.case for one in worked}
    # Locked first: of two at once, the second sees what the first recorded.
    lock_all(cases)
    known: dict[tuple[int, str, date], list[Fact]] = defaultdict(list)
    for fact in live_facts(cases).filter(kind="worked"):
        known[fact.case_id, fact.placement, fact.on].append(fact)
    retracted: dict[int, list[Fact]] = defaultdict(list)
    new: dict[int, list[NewFact]] = defaultdict(list)
    for placement, until, days in worked:
        earlier = known[placement.case_id, placement.key, until]
        if len(earlier) == 1 and Decimal(earlier[0].values["days"]) == days:
            continue
        retracted[placement.case_id] += earlier
        if days:
            new[placement.case_id].append(NewFact("worked", until, {"days": days}, placement.key))
    changed = [pk for pk in cases if retracted[pk] or new[pk]]
    change([Change(cases[pk], retracted[pk], new[pk]) for pk in changed], at=at, by=by)
