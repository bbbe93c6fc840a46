"""One after the other in one case."""

from collections.abc import Iterable

from referrals.models import Case


def lock(case_id: int) -> Case:
    """Return a case as it is now, and keep others from changing it until the transaction ends."""
    return lock_all([case_id])[case_id]


def lock_all(case_ids: Iterable[int]) -> dict[int, Case]:
    """The same for several, always in one order, so that nobody waits in a circle."""
    found = Case.objects.select_for_update(of=("self",)).filter(pk__in=list(case_ids)).order_by("pk")
    return {case.pk: case for case in found}
