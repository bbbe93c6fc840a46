"""Saying that the organisation knew a person itself, before anyone recommended them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least
from django.utils import timezone

from members.models import Member
from referrals.models import Candidate, Case
from referrals.selectors import people
from referrals.selectors.timelines import live_facts
from referrals.services.duplicates import rules_of
from referrals.services.facts import NewFact, record


@transaction.atomic
def say_known(*, case: Case, since: date, by: Member, at: datetime) -> None:
    """Record since when the organisation knows a case's person; if that was before, the case concerns no unknown."""
    assert case.candidate_id is not None
    Candidate.objects.filter(pk=case.candidate_id).update(known_since=Least("known_since", Value(since)))
    known = people.was_known(since, timezone.localdate(case.submitted_at), rules_of(case))
    if known and not live_facts([case.pk]).filter(kind="known_candidate").exists():
        record(case=case, facts=[NewFact("known_candidate", timezone.localdate(at))], at=at, by=by)
