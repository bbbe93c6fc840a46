"""Nightly: what was kept long enough is deleted."""

from datetime import datetime

from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from referrals.models import Candidate, Case, Deletion
from referrals.selectors import retention
from referrals.services import erasing
from referrals.services.facts import NewFact, record

RETAIN = "retain"
"""The kind of work of data that was kept long enough."""
AT_ONCE = 200


def delete_due(*, organisation: Organisation, at: datetime) -> None:
    """Delete the CVs and erase the people whose time is over; must run in no transaction."""
    while _some_cvs(organisation, at):
        pass
    while _some_people(organisation, at):
        pass


def _some_cvs(organisation: Organisation, at: datetime) -> int:
    with tenant(organisation.pk):
        due = retention.cvs_due(organisation, timezone.localdate(at))
        count = erasing.delete_cvs(due.select_for_update().order_by("pk")[:AT_ONCE])
        _note(Deletion.Kind.CVS, count, at)
    return count


def _some_people(organisation: Organisation, at: datetime) -> int:
    with tenant(organisation.pk):
        due = retention.people_due(organisation, timezone.localdate(at))
        people = list(due.select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
        for person in people:
            _close_what_was_never_answered(person, at)
            erasing.erase(organisation=organisation, people=[person], at=at)
        _note(Deletion.Kind.PEOPLE, len(people), at)
    return len(people)


def _close_what_was_never_answered(person: Candidate, at: datetime) -> None:
    for case in Case.objects.filter(candidate=person, is_over=False, shares_with=None).order_by("pk"):
        record(case=case, facts=[NewFact("closed", timezone.localdate(at), {"reason": "no_answer"})], at=at)


def _note(kind: Deletion.Kind, count: int, at: datetime) -> None:
    if count:
        Deletion.objects.create(kind=kind, count=count, deleted_at=at)
