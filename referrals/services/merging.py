"""Two candidates turn out to be one person: said, and taken back."""

from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import Member
from referrals.models import Candidate, Case, Merge
from referrals.selectors import people
from referrals.selectors.timelines import live_facts
from referrals.services import duplicates
from referrals.services.facts import NewFact, record, retract
from referrals.signals import candidates_merged, merge_undone

BothMovedOnError = duplicates.BothMovedOnError


class OwnCaseError(Exception):
    """Nobody says of people whom they recommended themselves that they are one, or are not: it decides who is paid."""


class NotMergeableError(Exception):
    """The same candidate twice, one that is merged already, or one that was erased."""


@transaction.atomic
def merge(*, one: Candidate, other: Candidate, by: Member, at: datetime) -> Merge:
    """Say that two candidates are one person; the later becomes the duplicate of the earlier.

    What the programme's policy on duplicates makes of their cases happens now, as it would have at submission.
    Raises NotMergeableError; OwnCaseError for people of whom `by` recommended one; BothMovedOnError where two cases would
    have to be joined that both moved on.
    """
    pair = list(Candidate.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk"))
    if len(pair) < 2 or any(person.merged_into_id or person.erased_at for person in pair):
        raise NotMergeableError
    into, duplicate = pair
    _refuse_own([into, duplicate], by)
    sides = [_cases_of(into), _cases_of(duplicate)]
    group = Candidate.objects.filter(Q(pk=duplicate.pk) | Q(merged_into=duplicate))
    moved = list(group.values_list("pk", flat=True))
    group.update(merged_into=into)
    merged = Merge(duplicate=duplicate, into=into, moved=moved, merged_by=by, merged_at=at)
    touched = _settle(sides, merged, by, at)
    merged.save()
    candidates_merged.send(Merge, cases=touched, at=at)
    return merged


@transaction.atomic
def undo(*, merged: Merge, by: Member, at: datetime) -> None:
    """Take a merge back: what it recorded is retracted, what it joined stands on its own again. OwnCaseError for one's own."""
    _refuse_own([merged.into, merged.duplicate], by)
    if not Merge.objects.filter(pk=merged.pk, undone_at=None).update(undone_by=by, undone_at=at):
        return
    Candidate.objects.filter(pk__in=merged.moved).exclude(pk=merged.duplicate_id).update(merged_into=merged.duplicate)
    Candidate.objects.filter(pk=merged.duplicate_id).update(merged_into=None)
    touched = []
    for fact in live_facts(_cases_with(merged.facts)).filter(pk__in=merged.facts).select_related("case"):
        retract(case=fact.case, facts=[fact], at=at, by=by)
        touched.append(fact.case)
    for case in Case.objects.filter(pk__in=merged.joined).select_related("shares_with"):
        duplicates.part(case=case, at=at)
        touched.append(case)
    merge_undone.send(Merge, cases=touched, at=at)


def _settle(sides: list[list[Case]], merged: Merge, by: Member, at: datetime) -> list[Case]:
    """Settle each pair of cases across the two sides, the earlier first; return the cases whose introducers it concerns."""
    side_of = {case.pk: number for number, side in enumerate(sides) for case in side}
    touched: dict[int, Case] = {}
    owned = [(case.owned_from, case.pk, case) for case in sides[0] + sides[1] if case.owned_from]
    for earlier, later in combinations((case for _, _, case in sorted(owned)), 2):
        if side_of[earlier.pk] == side_of[later.pk] or earlier.introducer_id == later.introducer_id:
            continue
        earlier, later = (Case.objects.select_related("shares_with").get(pk=one.pk) for one in (earlier, later))
        rules, day = duplicates.rules_of(later), timezone.localdate(later.owned_from)
        if not people.owns(earlier, day, rules):
            continue
        settled = duplicates.settle(earlier=earlier, later=later, policy=rules.policy, at=at, by=by)
        merged.facts += [fact.pk for fact in settled.facts]
        merged.joined += [settled.joined.pk] if settled.joined else []
        touched |= {case.pk: case for case in (earlier, later)}
    _settle_known(sides, merged, by, at, touched)
    return list(touched.values())


def _settle_known(sides: list[list[Case]], merged: Merge, by: Member, at: datetime, touched: dict[int, Case]) -> None:
    """Whom the organisation knew itself before they were recommended was no unknown."""
    for cases, since in ((sides[1], merged.into.known_since), (sides[0], merged.duplicate.known_since)):
        if since is None:
            continue
        for case in cases:
            known = people.was_known(since, timezone.localdate(case.submitted_at), duplicates.rules_of(case))
            if known and not live_facts([case.pk]).filter(kind="known_candidate").exists():
                stored = record(case=case, facts=[NewFact("known_candidate", timezone.localdate(at))], at=at, by=by)
                merged.facts += [fact.pk for fact in stored]
                touched[case.pk] = case


def _cases_of(person: Candidate) -> list[Case]:
    group = Candidate.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
    return list(Case.objects.filter(kind="referral", candidate__in=group))


def _cases_with(fact_ids: list[int]) -> list[int]:
    return list(Case.objects.filter(facts__in=fact_ids).values_list("pk", flat=True))


def _refuse_own(people: list[Candidate], by: Member) -> None:
    own = Q(candidate__in=people) | Q(candidate__merged_into__in=people)
    if Case.objects.filter(own, introducer=by).exists():
        raise OwnCaseError
