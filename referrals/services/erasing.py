"""Erasing what can identify people; cases and facts go on without."""

from collections.abc import Iterable
from datetime import datetime

from kernel import links
from kernel.storage import delete_later
from members.models import Organisation
from referrals.models import Candidate, Case, Curriculum, Interview, Note, Presentation, Profile
from referrals.services.links import CANDIDATE
from referrals.signals import person_forgotten

NAMING = ("name", "email", "phone", "phone_key", "name_key", "linkedin")


def erase(*, organisation: Organisation, people: Iterable[Candidate], at: datetime) -> None:
    """Erase people, in every case of theirs, with their files and their links."""
    people = list(people)
    cases = list(Case.objects.filter(candidate__in=people).select_related("candidate"))
    for case in cases:
        links.withdraw(organisation_id=organisation.pk, purpose=CANDIDATE, target_id=case.pk)
    Note.objects.filter(case__in=cases).delete()
    Profile.objects.filter(candidate__in=people).delete()
    Interview.objects.filter(case__in=cases).delete()
    Presentation.objects.filter(case__in=cases).delete()
    delete_cvs(Curriculum.objects.filter(candidate__in=people))
    addresses = [one.email for one in people if one.email]
    Candidate.objects.filter(pk__in=[one.pk for one in people]).update(**dict.fromkeys(NAMING, ""), erased_at=at)
    person_forgotten.send(Case, cases=cases, addresses=addresses)


def delete_cvs(curricula: Iterable[Curriculum]) -> int:
    """Delete CVs, their files as soon as that is certain; return how many."""
    found = list(curricula)
    Curriculum.objects.filter(pk__in=[one.pk for one in found]).delete()
    for one in found:
        delete_later(one.file)
    return len(found)
