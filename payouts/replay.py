"""Comparing what was owed with what a draft would owe, pure: cases in, sums and differences out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from programmes.engine.assessment import DUE, STILL_OPEN, Entitlement

LACKING = {
    "attribute_for_amount_awaited": 0,
    "attribute_awaited": 0,
    "contribution_awaited": None,
    "date_not_carried": 2,
}
"""Reasons that say that a fact which the rules need was never recorded, and which parameter names it."""

Sums = dict[str, list[Decimal]]
"""What was owed, and what would be, by what is summed and its unit."""


def _sums() -> Sums:
    return defaultdict(lambda: [Decimal(0), Decimal(0)])


@dataclass
class Comparison:
    """Sums by unit, and by month, reward and party; the cases that differ; what cases lack, and in how many.

    With a `period`, both days in it, only what fell due in it is counted.
    """

    period: tuple[date, date] | None = None
    totals: Sums = field(default_factory=_sums)
    months: Sums = field(default_factory=_sums)
    rewards: Sums = field(default_factory=_sums)
    parties: Sums = field(default_factory=_sums)
    differing: list[tuple[int, str, Decimal, Decimal]] = field(default_factory=list)
    lacking: Counter[str] = field(default_factory=Counter)

    def add(
        self, case_id: int, before: Iterable[Entitlement], after: Iterable[Entitlement], *, is_placed: bool
    ) -> None:
        """Count one case, as it was and as it would be. Only one that got as far as a placement can lack a fact."""
        sums, after = _sums(), list(after)
        for side, entitlements in enumerate((before, after)):
            for one in entitlements:
                if one.state is not DUE or one.amount is None or one.due_on is None or not self._is_in(one.due_on):
                    continue
                for sums_of, key in (
                    (self.totals, one.unit),
                    (self.months, f"{one.due_on:%Y-%m} {one.unit}"),
                    (self.rewards, f"{one.reward} {one.unit}"),
                    (self.parties, f"{one.to} {one.unit}"),
                    (sums, one.unit),
                ):
                    sums_of[key][side] += one.amount
        self.differing += [(case_id, unit, old, new) for unit, (old, new) in sums.items() if old != new]
        self.lacking.update(_lacking(after) if is_placed else ())

    def _is_in(self, day: date) -> bool:
        return self.period is None or self.period[0] <= day <= self.period[1]

    def document(self) -> dict[str, Any]:
        """Return all of it as plain data."""

        def plain(sums: Sums) -> dict[str, list[str]]:
            return {key: [str(old), str(new)] for key, (old, new) in sorted(sums.items())}

        return {
            "totals": plain(self.totals),
            "months": plain(self.months),
            "rewards": plain(self.rewards),
            "parties": plain(self.parties),
            "differing": [[case_id, unit, str(old), str(new)] for case_id, unit, old, new in self.differing],
            "lacking": dict(self.lacking),
        }


def _lacking(entitlements: list[Entitlement]) -> set[str]:
    """The names of what a case lacks for being decided on, though it got as far as that."""
    found = set()
    for one in entitlements:
        if one.state is STILL_OPEN:
            for code, _state, params, _keys in one.because:
                if code in LACKING:
                    place = LACKING[code]
                    found.add("contribution" if place is None else str(params[place]))
    return found


def month_of(key: str) -> date:
    """The first day of the month that a key of `months` names."""
    return date.fromisoformat(f"{key.split(' ')[0]}-01")
