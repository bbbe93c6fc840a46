"""What cases of a network are about."""

from collections.abc import Collection

from referrals.models import Case, Joining, Opportunity, Placement, Publicity


class Titles:
    """What each of some cases is about, and each placement of theirs that a member landed: a fixed number of queries."""

    def __init__(self, cases: Collection[int]) -> None:
        landed = Placement.objects.filter(case__in=cases, performer__isnull=False)
        self.landed = {(case, key): title for case, key, title in landed.values_list("case", "key", "title")}
        self.said: dict[int, str] = dict(Opportunity.objects.filter(case__in=cases).values_list("case", "title"))
        self.said |= dict(Publicity.objects.filter(case__in=cases).values_list("case", "about"))
        self.said |= dict(Joining.objects.filter(case__in=cases).values_list("case", "member__name"))

    def of(self, case: Case, placement: str = "") -> str:
        """Return what a case, or a placement of it, is about; nothing of a case that is none of a network."""
        return self.landed.get((case.pk, placement)) or self.said.get(case.pk, "")
