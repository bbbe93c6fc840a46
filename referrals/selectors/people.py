"""What the organisation knows of a person already, without saying from whom."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kernel.encryption import keyed_hashes
from members.models import Member
from programmes.engine.rules import Duplicates
from referrals import identity
from referrals.identity import Identity, likenesses
from referrals.models import Candidate, Case, Erased

MOST = 20
"""People named as perhaps the same as one."""


class History(NamedTuple):
    """Whether the organisation knew a person itself, and which earlier case of another member still owns them."""

    known: bool
    owned_by: Case | None


class Likeness(NamedTuple):
    """Someone who may be the same person, and in what: any of `email`, `phone`, `name`."""

    candidate: Candidate
    parts: list[str]


def same_person(candidate: Candidate) -> set[int]:
    """Return the ids of all candidates that are this person: by an address, by a merge, by joined cases, and by theirs."""
    people = {candidate.pk}
    while True:
        known = Candidate.objects.filter(pk__in=people)
        keys = Q(pk__in=people) | Q(merged_into__in=people) | Q(pk__in=known.values("merged_into"))
        keys |= Q(email_key__in=known.exclude(email="").values("email_key"))
        keys |= Q(cases__shares_with__candidate__in=people) | Q(cases__joined__candidate__in=people)
        found = set(Candidate.objects.filter(keys, erased_at=None).values_list("pk", flat=True)) | people
        if found == people:
            return people
        people = found


def wants_no_contact(email: str) -> bool:
    """Whether whoever has this address had everything about them erased: nobody writes to them again."""
    return Erased.objects.filter(key__in=keyed_hashes(identity.email_key(email))).exists()


def identity_of(candidate: Candidate) -> Identity:
    return Identity(candidate.email.lower(), candidate.phone_key, candidate.name_key)


def history(candidate: Candidate, on: date, rules: Duplicates, by: Member) -> History:
    """Look for the same person (same e-mail address, or merged with one) among those known and recommended before.

    A phone number alone proves nothing, since anyone can type it: who shares one is a likeness, for recruiters to look
    at. Who applied by a shared link and has not said yes is nobody's yet. To share, a case must still be running.
    """
    same = _same(candidate.email)
    known = any(was_known(one.known_since, on, rules) for one in same if one.known_since)
    cases = Case.objects.filter(kind="referral", candidate__in=same).exclude(introducer=by).select_related("introducer")
    cases = cases.exclude(applied=True, claimed_at=None).order_by(Coalesce("claimed_at", "submitted_at"), "pk")
    if rules.policy == "split":
        cases = cases.filter(is_over=False)
    still_owned = [case for case in cases if owns(case, on, rules)]
    if not still_owned:
        return History(known, None)
    return History(known, still_owned[-1] if rules.policy == "latest" else still_owned[0])


def open_case_of(member: Member, email: str) -> Case | None:
    """Return the member's own case of this person that is still running."""
    key = identity.email_key(email)
    return Case.objects.filter(introducer=member, candidate__email_key=key, is_over=False, kind="referral").first()


def likely_same(candidates: Iterable[Candidate]) -> dict[int, list[Likeness]]:
    """Return, by the id of each candidate, the people who may be the same, the surest first: one query for all."""
    candidates = list(candidates)
    own = {candidate.pk: identity_of(candidate) for candidate in candidates}
    same = {candidate.pk: {candidate.pk, candidate.merged_into_id} for candidate in candidates}
    keys = Q(pk__in=[])
    for field, part in (("email_key", "email"), ("phone_key", "phone"), ("name_key", "name")):
        keys |= Q(**{f"{field}__in": {getattr(one, part) for one in own.values()} - {""}})
    others = list(Candidate.objects.filter(keys, erased_at=None, merged_into=None))
    found: dict[int, list[Likeness]] = {}
    for pk, one in own.items():
        alike = [Likeness(other, likenesses(one, identity_of(other))) for other in others if other.pk not in same[pk]]
        found[pk] = sorted((it for it in alike if it.parts), key=lambda it: (-len(it.parts), it.candidate.pk))[:MOST]
    return found


def lock_identity(organisation_id: int, key: str) -> None:
    """Let two recommendations of one person at once run one after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, organisation_id])


def _same(email: str) -> QuerySet[Candidate]:
    found = Candidate.objects.filter(email_key=identity.email_key(email), erased_at=None).values_list(
        "merged_into", "pk"
    )
    people = {into or pk for into, pk in found}
    return Candidate.objects.filter(Q(pk__in=people) | Q(merged_into__in=people), erased_at=None)


def was_known(since: date, on: date, rules: Duplicates) -> bool:
    """Whether someone whom the organisation has known since a day counts as known on another."""
    if since > on:
        return False
    within = rules.known_within
    return isinstance(within, str) or within.after(since) >= on


def owns(case: Case, on: date, rules: Duplicates) -> bool:
    """Whether a case's introduction is still owned on a day."""
    return case.owned_from is not None and rules.owned_for.after(timezone.localdate(case.owned_from)) >= on
