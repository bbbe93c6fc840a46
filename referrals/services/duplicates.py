"""Two recommendations of one person: what becomes of them by the programme's policy."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from members.models import Member
from programmes.engine.facts import CONSENTS
from programmes.engine.rules import Duplicates
from referrals.models import Case, Fact, Pin
from referrals.selectors import people
from referrals.selectors.timelines import live_facts
from referrals.services.facts import NewFact, project, record

STANDING_STILL = CONSENTS | {"submitted", "known_candidate", "duplicate_of"}
"""Kinds of facts of a case in which nothing has been done yet."""


class BothMovedOnError(Exception):
    """Two cases that are to be joined have both moved on: neither can simply follow the other."""


class Settled(NamedTuple):
    """What was done: the facts that were recorded, and the case that was joined with another."""

    facts: list[Fact]
    joined: Case | None


@transaction.atomic
def settle(*, earlier: Case, later: Case, policy: str, at: datetime, by: Member) -> Settled:
    """Apply a policy: `first` and `latest` leave one case that counts, `split` joins the two."""
    if policy == "split":
        return Settled([], join(one=earlier, other=later, at=at))
    loser, owner = (later, earlier) if policy == "first" else (earlier, later)
    if live_facts([loser.pk]).filter(kind="duplicate_of").exists():
        return Settled([], None)
    duplicate = NewFact("duplicate_of", timezone.localdate(at), {"case": owner.reference})
    return Settled(record(case=loser, facts=[duplicate], at=at, by=by), None)


@transaction.atomic
def claim(*, case: Case, at: datetime) -> None:
    """Give the introduction of someone who applied to whose link it was, now that the person says yes.

    Somebody else may own it by then, and the policy says what follows. Does nothing for any other case.
    """
    if not case.applied:
        return
    assert case.candidate is not None
    people.lock_identity(case.organisation_id, case.candidate.email.lower())
    if not Case.objects.filter(pk=case.pk, claimed_at=None).update(claimed_at=at):
        return
    rules = rules_of(case)
    owner = people.history(case.candidate, timezone.localdate(at), rules, case.introducer).owned_by
    if owner:
        settle(earlier=owner, later=case, policy=rules.policy, at=at, by=case.introducer)


def join(*, one: Case, other: Case, at: datetime) -> Case | None:
    """Join two cases: their introducers share what the one that leads brings. Return the one that follows.

    The one leads that has moved on, the first if neither has; BothMovedOnError when both have.
    """
    leading, case = one.leading, other.leading
    if leading.pk == case.pk:
        return None
    if has_moved_on(case):
        if has_moved_on(leading):
            raise BothMovedOnError(leading, case)
        leading, case = case, leading
    Case.objects.filter(pk=case.pk).update(shares_with=leading)
    case.shares_with = leading
    project([case], at)
    return case


def part(*, case: Case, at: datetime) -> None:
    """Let a joined case stand on its own again; both are assessed anew."""
    leading = case.leading
    Case.objects.filter(pk=case.pk).update(shares_with=None)
    case.shares_with = None
    project([case, leading], at)


def has_moved_on(case: Case) -> bool:
    """Whether something has been done in a case, or others were joined with it."""
    done = live_facts([case.pk]).exclude(kind__in=STANDING_STILL)
    return done.exists() or Case.objects.filter(shares_with=case).exists()


def rules_of(case: Case) -> Duplicates:
    """Return the policy of a case: that of its first programme by name, as at its submission."""
    pin = Pin.objects.filter(case=case).select_related("version").order_by("version__programme__name").first()
    return pin.version.rule_set.duplicates if pin else Duplicates()
