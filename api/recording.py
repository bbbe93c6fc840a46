"""How each kind of fact that a program can record is recorded: by the service that the pages use for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from rest_framework.exceptions import APIException, ValidationError

from api.problems import Conflict
from members.models import Member
from payouts.selectors.assignments import earns_by
from referrals.models import Case, Opportunity, Placement
from referrals.pipeline import STEPS, Stage
from referrals.services import assignments, moves, placements
from referrals.services.facts import FactRefusedError
from referrals.services.openings import client_named

Recorder = Callable[[Case, dict[str, Any], Member, datetime], str]
"""Records a fact of a case, and returns the key of the placement that it is about, if any."""


class Kind(NamedTuple):
    """A kind of fact that a program can record: how, and which fields it needs beside its day."""

    record: Recorder
    needs: tuple[str, ...] = ()


class EarnsByItError(Exception):
    """Who made the key earns, or owes, by what it says."""


class OtherKindError(Exception):
    """Facts of this kind are recorded by members alone."""


REFUSALS = (
    moves.MovedMeanwhileError, moves.MoveRefusedError, placements.NotPlaceableError, FactRefusedError,
    assignments.NotWonError, EarnsByItError, OtherKindError,
)  # fmt: skip
"""What services raise when something cannot have happened where a case stands."""


def refusal(error: Exception) -> APIException:
    """Return what a service refused as an answer."""
    if isinstance(error, moves.NotAgreedError):
        return Conflict("The person did not agree to be presented for an assignment yet.")
    if isinstance(error, EarnsByItError):
        return Conflict("Who made this key earns, or owes, by this turnover: a key of somebody else says it.")
    if isinstance(error, OtherKindError):
        return Conflict("Of an opportunity a program says the turnover, and nothing else.")
    return Conflict("Where the case stands, this cannot happen: the person has not agreed, or it is over.")


def _move(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    """Move a case on; going back would take facts back, which a program does not."""
    seen, to = Stage(case.stage), Stage(entered["kind"])
    if to in STEPS and seen in STEPS and STEPS.index(to) <= STEPS.index(seen):
        raise moves.MoveRefusedError
    moves.move(case=case, seen=seen, to=to, on=entered["on"], by=by, at=at)
    return ""


def _reject(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    reason, text = entered["reason"], entered["text"]
    moves.end(case=case, how=Stage.REJECTED, reason=reason, text=text, on=entered["on"], by=by, at=at)
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
    if case.kind == "opportunity":
        _earn_by_opportunity(placement, entered, by, at)
        return placement.key
    placements.earn(placement=placement, on=entered["on"], amount=entered["amount"], by=by, at=at)
    return placement.key


def _earn_by_opportunity(placement: Placement, entered: dict[str, Any], by: Member, at: datetime) -> None:
    """Add to a month's turnover; a key of who shared it, or of another who works there, does not."""
    opportunity = Opportunity.objects.select_related("case").get(case=placement.case_id)
    if placement.performer_id != by.pk and earns_by(by, opportunity):
        raise EarnsByItError
    assignments.add_turnover(placement=placement, on=entered["on"], amount=entered["amount"], by=by, at=at)


def _refuse(case: Case, entered: dict[str, Any], by: Member, at: datetime) -> str:
    raise OtherKindError


def _placement(case: Case, entered: dict[str, Any]) -> Placement:
    found = Placement.objects.select_related("case").filter(case=case, key=entered["placement"]).first()
    if not found:
        raise ValidationError({"placement": ["This case has no such placement."]})
    return found


KINDS: dict[str, Kind] = {
    "contacted": Kind(_move),
    "interviewed": Kind(_move),
    "presented": Kind(_move),
    "offered": Kind(_move),
    "rejected": Kind(_reject, ("reason",)),
    "placed": Kind(_place, ("client", "title")),
    "started": Kind(_start, ("placement",)),
    "worked": Kind(_work, ("placement", "days")),
    "left": Kind(_leave, ("placement",)),
    "revenue": Kind(_earn, ("placement", "amount")),
}

OF_OPPORTUNITIES = ("revenue",)
"""All that a program says of an opportunity; the rest members say themselves."""


def recorder(case: Case, kind: str) -> Recorder:
    """Return what records a kind of fact of a case."""
    return _refuse if case.kind == "opportunity" and kind not in OF_OPPORTUNITIES else KINDS[kind].record
