"""Having cases looked at again: their assessment, and everything that follows from it."""

from datetime import date

from django.db.models import QuerySet

from kernel import work
from referrals.models import Case
from referrals.services.locking import lock_all

ASSESS = "assess"
"""The kind of work of cases that are to be assessed."""
DUES = "dues"
"""The kind of work of dues that are due, and of registration fees that were paid."""


def look_again(cases: QuerySet[Case], organisation_id: int, on: date) -> None:
    """Have cases assessed: something came that their entitlements, or what is paid of them, depend on. A pot's is divided, not assessed."""
    locked = lock_all(cases.exclude(kind="pot").values_list("pk", flat=True))  # in one order
    if Case.objects.filter(pk__in=locked).update(next_check_on=on):
        work.add(organisation_id, ASSESS)
