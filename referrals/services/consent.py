"""The answer of the person referred: agree, decline, withdraw, be forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kernel import links
from members.models import Organisation
from referrals.models import Candidate, Case, Curriculum, Note
from referrals.pipeline import OVER
from referrals.services.facts import NewFact, record
from referrals.services.submission import CANDIDATE_LINK

FORGOTTEN = "forgotten"


@transaction.atomic
def agree(*, case: Case, at: datetime) -> None:
    """Record that the person agrees; does nothing when they did already."""
    if case.answer != "consented":
        record(case=case, facts=[NewFact("consented", timezone.localdate(at))], at=at)


@transaction.atomic
def decline(*, case: Case, at: datetime) -> None:
    """Record that the person does not want this: a refusal, or a withdrawal of an earlier yes. The case ends."""
    kind = "consent_withdrawn" if case.answer == "consented" else "consent_refused"
    today = timezone.localdate(at)
    facts = [] if case.answer == kind else [NewFact(kind, today)]
    if case.stage not in OVER:
        facts.append(NewFact("withdrawn", today, {"reason": kind}))
    if facts:
        record(case=case, facts=facts, at=at)


@transaction.atomic
def forget(*, organisation: Organisation, case: Case, at: datetime) -> None:
    """Erase what can identify the person, in every case of theirs; facts go on with a pseudonym."""
    assert case.candidate_id is not None
    candidate = Candidate.objects.select_for_update().get(pk=case.candidate_id)
    cases = list(candidate.cases.all())
    for one in cases:
        decline(case=one, at=at)
        links.withdraw(organisation_id=organisation.pk, purpose=CANDIDATE_LINK, target_id=one.pk)
    Note.objects.filter(case__in=cases).delete()
    for curriculum in Curriculum.objects.filter(candidate=candidate):
        curriculum.file.delete(save=False)
        curriculum.delete()
    fields = ("name", "email", "phone", "phone_key", "name_key", "linkedin")
    Candidate.objects.filter(pk=candidate.pk).update(**dict.fromkeys(fields, ""), erased_at=at)
