"""Where a member reads of a case that is theirs."""

from django.urls import reverse

from referrals.models import Case

PAGES_OF_NETWORKS = {"opportunity": "opportunity_detail", "activity": "pot_now", "pot": "pot_now"}
"""The page of each kind of case that is none of a recommendation; what brings coins, or comes of a pot, stands with the pot."""


def of_case(case: Case, slug: str, *, by_turnover: bool = False) -> str:
    """Return the address, in an organisation, at which the introducer of a case reads of it; `by_turnover`, of what is remitted of it."""
    if by_turnover:
        return reverse("assignment_detail", args=[slug, case.reference])
    page = PAGES_OF_NETWORKS.get(case.kind, "referral_detail")
    return reverse(page, args=[slug] if page == "pot_now" else [slug, case.reference])
