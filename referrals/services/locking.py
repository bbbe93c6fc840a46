"""One after the other in one case."""

from referrals.models import Case


def lock(case_id: int) -> Case:
    """Return a case as it is now, and keep others from changing it until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)
