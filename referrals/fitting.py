"""How well a member fits an opportunity, pure: each reason by itself, for a person to weigh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

NEAR_KM, FAR_KM = 40, 90
SOON_ENOUGH = timedelta(14)
"""Who is available so long after an opportunity begins may still do."""
AMPLE_YEARS = 10


class Reason(StrEnum):
    """Why somebody fits, or may not."""

    DISCIPLINES = "disciplines"
    EXPERIENCE = "experience"
    AVAILABLE = "available"
    AVAILABLE_LATER = "available_later"
    FEWER_DAYS = "fewer_days"
    NEAR = "near"
    FAR = "far"


WEIGHTS = {
    Reason.DISCIPLINES: 10,
    Reason.EXPERIENCE: 2,
    Reason.AVAILABLE: 4,
    Reason.AVAILABLE_LATER: -1,
    Reason.FEWER_DAYS: -1,
    Reason.NEAR: 2,
    Reason.FAR: -2,
}
"""What each is worth in the order of a list; nobody is left out by them."""


@dataclass(frozen=True)
class Wanted:
    """What an opportunity asks for; empty parts ask for nothing."""

    disciplines: Sequence[str]
    starts_on: date | None
    days_a_week: Decimal | None
    is_remote: bool


@dataclass(frozen=True)
class Offered:
    """What a member brings; `distance` in kilometres, where both towns are known."""

    disciplines: Sequence[str]
    years: int | None
    available_from: date | None
    days_a_week: Decimal | None
    distance: int | None


@dataclass(frozen=True)
class Fit:
    """How a member fits: the reasons, and the values that they rest on."""

    reasons: tuple[Reason, ...]
    shared: tuple[str, ...]
    offered: Offered

    @property
    def score(self) -> int:
        """Where it stands in a list; each shared discipline counts."""
        return sum(WEIGHTS[one] for one in self.reasons) + max(len(self.shared) - 1, 0) * 3


def fit(wanted: Wanted, offered: Offered, today: date) -> Fit:
    """Return how a member fits an opportunity."""
    asked = {one.casefold() for one in wanted.disciplines}
    shared = tuple(one for one in offered.disciplines if one.casefold() in asked)
    reasons = [Reason.DISCIPLINES] if shared else []
    if (offered.years or 0) >= AMPLE_YEARS:
        reasons.append(Reason.EXPERIENCE)
    reasons += _of_time(wanted, offered, today)
    if offered.distance is not None and not wanted.is_remote:
        if offered.distance <= NEAR_KM:
            reasons.append(Reason.NEAR)
        elif offered.distance > FAR_KM:
            reasons.append(Reason.FAR)
    return Fit(tuple(reasons), shared, offered)


def _of_time(wanted: Wanted, offered: Offered, today: date) -> list[Reason]:
    if offered.available_from is None:
        return []
    first = max(wanted.starts_on or today, today)
    reasons = [Reason.AVAILABLE if offered.available_from - first <= SOON_ENOUGH else Reason.AVAILABLE_LATER]
    if wanted.days_a_week and offered.days_a_week and offered.days_a_week < wanted.days_a_week:
        reasons.append(Reason.FEWER_DAYS)
    return reasons
