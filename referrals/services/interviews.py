"""Interviews: planned, held, cancelled. One that was held is a fact."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member
from referrals.models import Case, Client, Interview
from referrals.pipeline import OVER
from referrals.selectors.timelines import live_facts
from referrals.services import links
from referrals.services.facts import NewFact, record
from referrals.services.locking import lock
from referrals.signals import interview_planned


class NotPlannableError(Exception):
    """A case that is over, or whose person did not agree."""


class StateChangedError(Exception):
    """Somebody else said already what became of the interview."""


@transaction.atomic
def plan(*, case: Case, starts_at: datetime, place: str, client: Client | None, by: Member, at: datetime) -> Interview:
    """Plan an interview and let the person know when and where."""
    current = lock(case.pk)
    if current.stage in OVER or current.answer != "consented":
        raise NotPlannableError
    interview = Interview.objects.create(
        case=case, starts_at=starts_at, place=place, client=client, planned_by=by, planned_at=at
    )
    interview_planned.send(Interview, interview=interview, token=links.for_person(case=case, at=at), at=at)
    return interview


@transaction.atomic
def hold(*, interview: Interview, by: Member, at: datetime) -> None:
    """Record that an interview was held, on its own day; the first makes the case interviewed."""
    _decide(interview, Interview.State.HELD)
    day = min(timezone.localdate(interview.starts_at), timezone.localdate(at))
    if interview.client_id is not None:
        return  # the client's own: the rules count from the organisation's first
    if live_facts([interview.case_id]).filter(kind="interviewed", on__lte=day).exists():
        return
    (fact,) = record(case=interview.case, facts=[NewFact("interviewed", day)], at=at, by=by)
    Interview.objects.filter(pk=interview.pk).update(fact=fact)


@transaction.atomic
def cancel(*, interview: Interview, by: Member, at: datetime) -> None:
    """Cancel an interview and let the person know."""
    _decide(interview, Interview.State.CANCELLED)
    token = links.for_person(case=interview.case, at=at)
    interview_planned.send(Interview, interview=interview, token=token, at=at)


def _decide(interview: Interview, state: Interview.State) -> None:
    planned = Interview.objects.filter(pk=interview.pk, state=Interview.State.PLANNED)
    if not planned.update(state=state):
        raise StateChangedError
    interview.state = state
