"""Saying that the organisation knew a person itself, before anyone recommended them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member
from referrals.models import Candidate, Case
from referrals.selectors.timelines import live_facts
from referrals.services.facts import NewFact, record


@transaction.atomic
def say_known(*, case: Case, since: date, by: Member, at: datetime) -> None:
    """Record since when the organisation knows a case's person; the case then concerns no unknown."""
    assert case.candidate_id is not None
    Candidate.objects.filter(pk=case.candidate_id).update(known_since=since)
    if not live_facts([case.pk]).filter(kind="known_candidate").exists():
        record(case=case, facts=[NewFact("known_candidate", timezone.localdate(at))], at=at, by=by)
