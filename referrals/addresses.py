"""Where a member reads of a case that is theirs."""

from django.urls import reverse

from referrals.models import Case

OF_THE_POT = ("activity", "pot")
"""Kinds of cases that bring coins, or come of a pot: they stand with the pot."""


def of_case(case: Case, slug: str, *, by_turnover: bool = False, year: int | None = None) -> str:
    """Return the address, in an organisation, at which the introducer of a case reads of it.

    With `by_turnover`, of what is remitted of it; with a year, in that year's pot, else in that of the year that runs.
    """
    if by_turnover:
        return reverse("assignment_detail", args=[slug, case.reference])
    if case.kind in OF_THE_POT:
        return reverse("pot_detail", args=[slug, year]) if year else reverse("pot_now", args=[slug])
    page = "opportunity_detail" if case.kind == "opportunity" else "referral_detail"
    return reverse(page, args=[slug, case.reference])
