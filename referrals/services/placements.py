"""What becomes of a person who was placed: the assignment, its start, the days worked, its end."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from members.models import Member
from referrals.models import Case, Client, Placement
from referrals.pipeline import OVER
from referrals.selectors.timelines import live_facts
from referrals.services.facts import NewFact, record, retract
from referrals.services.locking import lock


class NotPlaceableError(Exception):
    """A case that is over, or whose person did not agree, gets no placement."""


@dataclass(frozen=True)
class Assignment:
    """What was agreed: with which client, for what, at which level."""

    client: Client
    title: str
    seniority: str = ""


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
def set_days_worked(*, placement: Placement, until: date, days: Decimal, by: Member, at: datetime) -> None:
    """Say how many days were worked in the period that ends on `until`; an earlier figure is retracted."""
    lock(placement.case_id)  # of two at once, the second sees the first
    facts = live_facts([placement.case_id]).filter(kind="worked", placement=placement.key, on=until)
    earlier = list(facts)
    if len(earlier) == 1 and Decimal(earlier[0].values["days"]) == days:
        return
    if earlier:
        retract(case=placement.case, facts=earlier, at=at, by=by)
    if days:
        record(case=placement.case, facts=[NewFact("worked", until, {"days": days}, placement.key)], at=at, by=by)
