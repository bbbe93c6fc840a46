"""Having cases looked at again: their assessment, and everything that follows from it."""

from datetime import date

from django.db.models import QuerySet

from kernel import work
from referrals.models import Case

ASSESS = "assess"
"""The kind of work of cases that are to be assessed."""


def look_again(cases: QuerySet[Case], organisation_id: int, on: date) -> None:
    """Have cases assessed: something came that their entitlements, or what is paid of them, depend on. A pot's is divided, not assessed."""
    if cases.exclude(kind="pot").update(next_check_on=on):
        work.add(organisation_id, ASSESS)
