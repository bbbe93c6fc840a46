"""What membership costs."""

from collections.abc import Mapping
from typing import Any

from members.models import MembershipTerms


def save_terms(*, fields: Mapping[str, Any]) -> MembershipTerms:
    """Keep what membership costs from now on; what was charged before stays."""
    return MembershipTerms.objects.update_or_create(defaults=fields)[0]
