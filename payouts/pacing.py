"""What is still remitted at the pace of the last months, until a cap; pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kernel.money import ZERO, rounded
from kernel.periods import Period

PACE_OF, AHEAD = 3, 12
"""Of how many months the pace is taken, and for how many months it is carried on."""
A_MONTH = Period(1, 0)


class Coming(NamedTuple):
    """What is remitted of a month, by its first day."""

    month: date
    amount: Decimal


def pace(turnovers: Sequence[Decimal]) -> Decimal:
    """Return the turnover of a month, from those that were said, the newest first: the mean of the last three."""
    last = turnovers[:PACE_OF]
    return rounded(sum(last, ZERO) / len(last)) if last else ZERO


def coming(monthly: Decimal, left: Decimal | None, first: date, last: date | None = None) -> list[Coming]:
    """Return what is remitted of each month from one on, of so much a month, until nothing is left of the cap, or the last day.

    Twelve months at most; `left` is None where no cap is known yet.
    """
    found: list[Coming] = []
    month = first
    while len(found) < AHEAD and monthly > 0 and (left is None or left > 0) and (last is None or month <= last):
        amount = monthly if left is None else min(monthly, left)
        left = None if left is None else left - amount
        found.append(Coming(month, amount))
        month = A_MONTH.after(month)
    return found
