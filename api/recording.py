"""How each kind of fact that a program can record is recorded: by the service that the pages use for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rest_framework.exceptions import APIException, ValidationError

from api.problems import Conflict
from members.models import Member
from referrals.forms import REJECTIONS
from referrals.models import Case, Placement
from referrals.pipeline import Stage
from referrals.services import moves, placements
from referrals.services.facts import NewFact, record
from referrals.services.openings import client_named

Recorder = Callable[[Case, dict[str, Any], Member, datetime], str]
"""Records a fact of a case, and returns the key of the placement that it is about, if any."""


REFUSALS = (moves.MovedMeanwhileError, moves.MoveRefusedError, placements.NotPlaceableError)
"""What services raise when something cannot have happened where a case stands."""


def refusal(error: Exception) -> APIException:
    """Return what a service refused as an answer."""
    if isinstance(error, moves.NotAgreedError):
        return Conflict("The person did not agree to be presented for an assignment yet.")
    return Conflict("Where the case stands, this cannot happen: the person has not agreed, or it is over.")


def _move(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    seen = Stage(case.stage)
    moves.move(case=case, seen=seen, to=Stage(entered["kind"]), on=entered["on"], by=by, at=at)
    return ""


def _reject(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    if entered["reason"] not in dict(REJECTIONS):
        raise ValidationError({"reason": [f"One of: {', '.join(dict(REJECTIONS))}."]})
    moves.end(
        case=case, how=Stage.REJECTED, reason=entered["reason"], text=entered["text"], on=entered["on"], by=by, at=at
    )
    return ""


def _place(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    client = client_named(entered["client"])
    assignment = placements.Assignment(client, entered["title"], entered.get("seniority", ""))
    return placements.place(case=case, assignment=assignment, on=entered["on"], by=by, at=at).key


def _start(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    placement = _placement(case, entered)
    ends = entered.get("probation_ends")
    placements.start(placement=placement, on=entered["on"], probation_ends=ends, by=by, at=at)
    return placement.key


def _work(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    placement = _placement(case, entered)
    placements.set_days_worked(placement=placement, until=entered["on"], days=entered["days"], by=by, at=at)
    return placement.key


def _leave(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    placement = _placement(case, entered)
    placements.leave(placement=placement, on=entered["on"], by=by, at=at)
    return placement.key


def _earn(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    placement = _placement(case, entered)
    new = NewFact("revenue", entered["on"], {"amount": entered["amount"]}, placement.key)
    record(case=case, facts=[new], at=at, by=by)
    return placement.key


def _placement(case: Case, entered: dict[str, Any]) -> Placement:
    found = Placement.objects.select_related("case").filter(case=case, key=entered["placement"]).first()
    if not found:
        raise ValidationError({"placement": ["This case has no such placement."]})
    return found


RECORDERS: dict[str, Recorder] = {
    "contacted": _move,
    "interviewed": _move,
    "presented": _move,
    "offered": _move,
    "rejected": _reject,
    "placed": _place,
    "started": _start,
    "worked": _work,
    "left": _leave,
    "revenue": _earn,
}
