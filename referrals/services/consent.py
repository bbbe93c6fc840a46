"""The answer of the person referred: agree, decline, withdraw, be forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kernel.encryption import keyed_hashes
from members.models import Organisation
from referrals.models import Candidate, Case, Erased
from referrals.pipeline import OVER
from referrals.selectors.people import same_person
from referrals.services import duplicates, erasing
from referrals.services.facts import NewFact, record
from referrals.services.locking import lock

FORGOTTEN = "forgotten"


def note_informed(*, case_id: int, at: datetime) -> None:
    """Record that the person was told by mail that we have their data, from whom, and how to object."""
    Case.objects.filter(pk=case_id, informed_at=None).update(informed_at=at)


@transaction.atomic
def agree(*, case: Case, at: datetime) -> None:
    """Record that the person agrees; does nothing when they did already, or when the case is over."""
    duplicates.claim(case=case, at=at)
    case.refresh_from_db()  # claimed, it may follow another by now
    current = lock(case.leading.pk)
    if current.answer != "consented" and current.stage not in OVER:
        record(case=current, facts=[NewFact("consented", timezone.localdate(at))], at=at)
        case.refresh_from_db()


@transaction.atomic
def decline(*, case: Case, at: datetime) -> None:
    """Record that the person does not want this: a refusal, or a withdrawal of an earlier yes. The case ends."""
    current = lock(case.pk)
    kind = "consent_withdrawn" if current.answer in ("consented", "consent_withdrawn") else "consent_refused"
    today = timezone.localdate(at)
    facts = [] if current.answer == kind else [NewFact(kind, today)]
    if current.stage not in OVER:
        facts.append(NewFact("withdrawn", today, {"reason": kind}))
    if facts:
        record(case=case, facts=facts, at=at)


@transaction.atomic
def forget(*, organisation: Organisation, case: Case, at: datetime) -> None:
    """Erase what can identify the person, in every case of theirs; facts go on with a pseudonym."""
    assert case.candidate is not None
    people = list(Candidate.objects.select_for_update().filter(pk__in=same_person(case.candidate)).order_by("pk"))
    cases = list(Case.objects.filter(candidate__in=people).select_related("candidate"))
    for one in cases:
        decline(case=one, at=at)
    keys = [keyed_hashes(one.email.lower())[0] for one in people if one.email]
    Erased.objects.bulk_create([Erased(key=key, erased_at=at) for key in keys], ignore_conflicts=True)
    erasing.erase(organisation=organisation, people=people, at=at)
