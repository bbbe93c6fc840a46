"""Whose data is kept no longer: those of whom nothing runs any more, and has not for so many months."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.periods import Period
from members.models import Organisation
from referrals.models import Candidate, Case, Curriculum


def people_due(organisation: Organisation, on: date) -> QuerySet[Candidate]:
    """The people who are erased on a day."""
    return _over_for(organisation.keep_people_months, on)


def cvs_due(organisation: Organisation, on: date) -> QuerySet[Curriculum]:
    """The CVs that are deleted on a day."""
    return Curriculum.objects.filter(candidate__in=_over_for(organisation.keep_cvs_months, on))


def _over_for(months: int, on: date) -> QuerySet[Candidate]:
    """People whose last case ended that many months before a day, or who left it unanswered for so long.

    Theirs are the cases of a record of the same address, of one that they were merged with, of one that has its address,
    and those that theirs were joined with.
    """
    last = Period(-months, 0).after(on)
    answered_or_asked_lately = Q(answer="consented") | Q(submitted_at__date__gt=last)
    still = Case.objects.filter(Q(is_over=True, stage_since__gt=last) | Q(answered_or_asked_lately, is_over=False))
    own = still.filter(candidate=OuterRef("pk"))
    same_address = still.exclude(candidate__email_key="").filter(candidate__email_key=OuterRef("email_key"))
    merged = still.filter(
        Q(candidate__merged_into=OuterRef("pk"))
        | Q(candidate=OuterRef("merged_into"))
        | Q(candidate__merged_into=OuterRef("merged_into"))
    )
    beside = still.exclude(candidate__email_key="").filter(
        Q(candidate__email_key=OuterRef("merged_into__email_key"))
        | Q(candidate__merged_into__email_key=OuterRef("email_key"))
    )
    joined = still.filter(Q(joined__candidate=OuterRef("pk")) | Q(shares_with__candidate=OuterRef("pk")))
    recommended = Exists(Case.objects.filter(candidate=OuterRef("pk")))
    found = Candidate.objects.filter(recommended, erased_at=None)
    return (
        found.exclude(Exists(own))
        .exclude(Exists(same_address))
        .exclude(Exists(merged))
        .exclude(Exists(beside))
        .exclude(Exists(joined))
    )
