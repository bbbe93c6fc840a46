"""Two recommendations of one person: what becomes of them by the programme's policy."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.models import Member
from referrals.models import Case, Fact
from referrals.selectors.timelines import live_facts
from referrals.services.facts import NewFact, project, record


class Settled(NamedTuple):
    """What was done: the facts that were recorded, and the case that was joined with another."""

    facts: list[Fact]
    joined: Case | None


@transaction.atomic
def settle(*, earlier: Case, later: Case, policy: str, at: datetime, by: Member) -> Settled:
    """Apply a policy: `first` and `latest` leave one case that counts, `split` joins the later to the earlier."""
    if policy == "split":
        return Settled([], join(case=later, lead=earlier.lead, at=at))
    loser, owner = (later, earlier) if policy == "first" else (earlier, later)
    if live_facts([loser.pk]).filter(kind="duplicate_of").exists():
        return Settled([], None)
    duplicate = NewFact("duplicate_of", timezone.localdate(at), {"case": owner.reference})
    return Settled(record(case=loser, facts=[duplicate], at=at, by=by), None)


def join(*, case: Case, lead: Case, at: datetime) -> Case | None:
    """Join a case with the one that leads; its introducer shares what that one brings from now on."""
    if case.pk == lead.pk or case.shares_with_id:
        return None
    Case.objects.filter(shares_with=case).update(shares_with=lead)
    Case.objects.filter(pk=case.pk).update(shares_with=lead, next_check_on=None)
    case.shares_with = lead
    project(lead, at, into=lead)
    case.refresh_from_db(fields=["stage", "stage_since", "answer", "is_over", "next_check_on"])
    return case


def part(*, case: Case, at: datetime) -> None:
    """Let a joined case stand on its own again."""
    Case.objects.filter(pk=case.pk).update(shares_with=None)
    case.shares_with = None
    project(case, at, into=case)
