"""A member recommends someone: the person, the case, the rules it runs under, and what is known of the person already."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organisation
from programmes import selectors as programmes
from programmes.engine.rules import Duplicates
from referrals import identity
from referrals.models import Candidate, Case, Note, Opening
from referrals.selectors import people
from referrals.services import duplicates, links
from referrals.services.beginning import NoProgrammeError, begin
from referrals.services.facts import NewFact, record
from referrals.signals import case_submitted

MOST_A_DAY = 30
"""How many people a member can recommend in a day, by whichever way."""


class AlreadyRecommendedError(Exception):
    """The member recommended this person before; the case is the first argument."""


class NoContactError(Exception):
    """The person had everything about them erased here, and does not want to hear from the organisation again."""


@dataclass(frozen=True)
class Person:
    """What a member says of the person they recommend."""

    name: str
    email: str
    phone: str = ""
    linkedin: str = ""
    language: str = "en"
    known_as: str = ""
    """How the member knows them, in their own words."""
    applied: bool = False
    """Whether they came by the member's link, and typed this themselves."""


@transaction.atomic
def recommend(
    *, organisation: Organisation, person: Person, by: Member, at: datetime, opening: Opening | None = None
) -> tuple[Case, str]:
    """Hand in a recommendation; return the case and the token of the person's link.

    Raises AlreadyRecommendedError for the member's own earlier recommendation, NoProgrammeError without rules.
    """
    today = timezone.localdate(at)
    versions = programmes.in_force("referral", today)
    if not versions:
        raise NoProgrammeError
    candidate = _candidate(person, organisation.country)
    people.lock_identity(organisation.pk, candidate.email.lower())
    if people.wants_no_contact(candidate.email):
        raise NoContactError
    own = people.open_case_of(by, candidate.email)
    if own:
        raise AlreadyRecommendedError(own)
    rules = versions[0].rule_set.duplicates
    history = people.history(candidate, today, rules, by)
    candidate.save()
    fields = {"candidate": candidate, "opening": opening, "applied": person.applied}
    case = begin(kind="referral", versions=versions, by=by, at=at, **fields)
    if person.known_as:
        Note.objects.create(case=case, kind=Note.Kind.INTRODUCTION, text=person.known_as, author=by, written_at=at)
    _record_submission(case, history, rules, at, by)
    token = links.for_person(case=case, at=at)
    case_submitted.send(Case, case=case, token=token)
    return case, token


def _candidate(person: Person, country: str) -> Candidate:
    return Candidate(
        name=person.name.strip(),
        email=person.email.strip(),
        phone=person.phone.strip(),
        phone_key=identity.phone_key(person.phone, country),
        name_key=identity.name_key(person.name)[:120],
        linkedin=person.linkedin,
        language=person.language,
    )


def _record_submission(case: Case, history: people.History, rules: Duplicates, at: datetime, by: Member) -> None:
    """Record the submission and what is known of the person, by the programme's policy on duplicates."""
    today = timezone.localdate(at)
    facts = [NewFact("submitted", today)]
    if history.known:
        facts.append(NewFact("known_candidate", today))
    record(case=case, facts=facts, at=at, by=by)
    if history.owned_by and not case.applied:
        duplicates.settle(earlier=history.owned_by, later=case, policy=rules.policy, at=at, by=by)
