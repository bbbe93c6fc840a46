"""Cases about one person that are joined: the first leads, and their introducers share what it brings."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from members.models import Member
from referrals.models import Case


def introducers_of(lead_ids: Iterable[int]) -> dict[int, list[Member]]:
    """Return the introducers who share what each leading case brings, the first to recommend first: one query.

    Nobody does of what was brought in for the organisation itself.
    """
    wanted = set(lead_ids)
    own = Case.objects.filter(Q(pk__in=wanted) | Q(shares_with__in=wanted), for_organisation=False)
    found = own.select_related("introducer__user")
    sharing: dict[int, list[Member]] = defaultdict(list)
    for case in sorted(found, key=lambda case: (case.shares_with_id is not None, case.submitted_at, case.pk)):
        members = sharing[case.shares_with_id or case.pk]
        if case.introducer not in members:
            members.append(case.introducer)
    return sharing


def joined_with(leading: Case) -> list[Case]:
    """Return a leading case and those that are joined with it, with their introducers."""
    found = Case.objects.filter(Q(pk=leading.pk) | Q(shares_with=leading)).select_related(
        "introducer__user", "candidate"
    )
    return sorted(found, key=lambda case: (case.pk != leading.pk, case.submitted_at, case.pk))
