"""An assignment under a share of turnover, as a page shows it: month by month, towards the cap, and what is coming."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kernel.money import ZERO, rounded
from kernel.periods import last_day_of
from members.models import Member
from payouts import pacing
from payouts.models import Document
from payouts.pacing import Coming
from payouts.towards import Towards
from referrals.models import Opportunity, Placement

CORRECTED_FOR = 12
"""Months whose turnover a page still asks for again."""


@dataclass
class Month:
    """A month of an assignment: its turnover, None while nobody said it; what is remitted of it, and on which documents."""

    first: date
    turnover: Decimal | None = None
    owed: Decimal = ZERO
    paid: Decimal = ZERO
    documents: list[Document] = field(default_factory=list)

    @property
    def month_key(self) -> str:
        """How a form names it: 2026-11-01."""
        return self.first.isoformat()


@dataclass
class Assignment:
    """An assignment that a member landed by an opportunity, with what it remits so far.

    Where a team shares one cap, `towards` is of all of it, and `together` says by name what each of the team remits under it.
    """

    opportunity: Opportunity
    placement: Placement
    since: date
    over_on: date | None
    level: str
    declared_by: Member | None
    levels: dict[str, Decimal]
    currency: str
    towards: Towards
    is_shared_cap: bool
    together: list[tuple[str, Decimal]]
    months: list[Month]
    parties: dict[str, Decimal]
    released: dict[str, Decimal]
    today: date

    @property
    def monthly(self) -> Decimal:
        """What is remitted of a month at the pace of the last ones, while the cap is not reached."""
        said = [one.turnover for one in self.months if one.turnover is not None]
        return rounded(pacing.pace(said) * self.towards.rate / 100)

    @property
    def next_month(self) -> date:
        """The first month after the last of which the turnover was said."""
        said = [one.first for one in self.months if one.turnover is not None]
        return pacing.A_MONTH.after(max(said)) if said else self.since.replace(day=1)

    @property
    def turnover(self) -> Decimal:
        return sum((one.turnover or ZERO for one in self.months), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum(self.parties.values(), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.months), ZERO)

    @property
    def cap(self) -> Decimal | None:
        """What is remitted at most; None while no level was declared."""
        return self.towards.cap

    @property
    def left(self) -> Decimal | None:
        """What can still be remitted until the cap; None while no level was declared."""
        return self.towards.left

    @property
    def per_cent(self) -> int:
        """How far it is towards the cap, 0 to 100."""
        return int(min(self.towards.owed * 100 / self.cap, Decimal(100))) if self.cap else 0

    @property
    def can_declare(self) -> bool:
        """Whether who works there declares the contribution, or changes what they declared: not what another of a team did."""
        return bool(self.levels) and self.declared_by in (None, self.placement.performer)

    @property
    def is_undeclared(self) -> bool:
        """Whether nobody declared the contribution yet: nothing of its turnover is remitted before."""
        return bool(self.levels) and not self.level

    @property
    def is_running(self) -> bool:
        """Whether something can still be remitted of it: below the cap it goes on, or of what was there not all was said."""
        unsaid = bool(self.missing) or (self.is_undeclared and bool(self.turnover))
        return bool(self.towards.parts) and self.left != 0 and (self.over_on is None or unsaid)

    @property
    def missing(self) -> list[Month]:
        """Months that are over, or running, of which nobody said the turnover; none any more once the cap is reached."""
        return [one for one in self.months if one.turnover is None and self.left != 0]

    @property
    def overdue(self) -> list[Month]:
        """Those of the months that are missing which are over."""
        return [one for one in self.missing if last_day_of(one.first) < self.today]

    @property
    def sayable(self) -> list[Month]:
        """Months of which the turnover can be said, however long ago; or said again, for a year."""
        missing, lately = self.missing, self.months[:CORRECTED_FOR]
        return [one for one in self.months if one in missing or (one.turnover is not None and one in lately)]


def coming(found: Iterable[Assignment]) -> dict[int, list[Coming]]:
    """Return what assignments go on to remit, by the placement's id; those of a team share what is left of their cap."""
    of_case: dict[int, list[Assignment]] = defaultdict(list)
    for one in found:
        of_case[one.placement.case_id if one.is_shared_cap else -one.placement.pk].append(one)
    return {pk: months for group in of_case.values() for pk, months in _coming_of(group)}


def _coming_of(group: list[Assignment]) -> Iterator[tuple[int, list[Coming]]]:
    """Yield what each of a group goes on to remit: of what is left under one cap, each in the part of their pace."""
    together = sum((one.monthly for one in group), ZERO)
    for one in group:
        left = one.left if one.left is None or not together else rounded(one.left * one.monthly / together)
        yield one.placement.pk, pacing.coming(one.monthly, left, one.next_month, one.over_on)
