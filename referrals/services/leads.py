"""Business leads: a member brings in a client; the recruiter records that it signed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member
from programmes import selectors as programmes
from referrals.models import Case, Client, Note
from referrals.pipeline import OVER
from referrals.services.beginning import NoProgrammeError, begin
from referrals.services.facts import NewFact, record
from referrals.services.locking import lock
from referrals.services.moves import MovedMeanwhileError
from referrals.services.openings import client_named


class AlreadyBroughtInError(Exception):
    """A lead for this client runs already, or the organisation works for it."""


@transaction.atomic
def bring_in(*, client_name: str, about: str, by: Member, at: datetime) -> Case:
    """Hand in a lead; NoProgrammeError without rules, AlreadyBroughtInError for a client that is no news."""
    versions = programmes.in_force("lead", timezone.localdate(at))
    if not versions:
        raise NoProgrammeError
    client = Client.objects.select_for_update().get(pk=client_named(client_name).pk)  # of two at once, one is first
    known = Case.objects.filter(kind="lead", client=client).exclude(stage__in=["rejected", "closed", "withdrawn"])
    # What members of a network landed is theirs: it does not say that the organisation works for a client.
    if client.placements.filter(performer=None).exists() or client.openings.exists() or known.exists():
        raise AlreadyBroughtInError
    today = timezone.localdate(at)
    case = begin(kind="lead", versions=versions, by=by, at=at, client=client)
    if about:
        Note.objects.create(case=case, kind=Note.Kind.INTRODUCTION, text=about, author=by, written_at=at)
    record(case=case, facts=[NewFact("submitted", today)], at=at, by=by)
    return case


@transaction.atomic
def win(*, case: Case, on: date, by: Member, at: datetime) -> None:
    """Record that the client signed."""
    current = lock(case.pk)
    if current.stage in OVER:
        raise MovedMeanwhileError(current, None)
    assert current.client_id is not None
    record(case=case, facts=[NewFact("lead_won", on, {"client": str(current.client_id)})], at=at, by=by)
    Case.objects.filter(pk=case.pk, recruiter=None).update(recruiter=by)
