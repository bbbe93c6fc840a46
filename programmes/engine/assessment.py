"""What an assessment answers: the entitlements, and when to look again."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from programmes.engine.verdict import Reason


class Standing(StrEnum):
    """Where an entitlement stands: owed; not yet, but possible; no longer possible."""

    DUE = "due"
    OPEN = "open"
    LAPSED = "lapsed"


DUE, STILL_OPEN, LAPSED = Standing.DUE, Standing.OPEN, Standing.LAPSED


class Entitlement(NamedTuple):
    """One party's part of one instalment of one reward.

    `amount` is None while it is not fixed; then `at_most` is the highest that is still possible. `unit` is a
    currency, `coin` or `point`. `revenue` is the key of the revenue fact from which a share follows.
    """

    reward: str
    instalment: int
    placement: str
    to: str
    owed_by: str
    state: Standing
    amount: Decimal | None
    unit: str
    at_most: Decimal | None
    due_on: date | None
    because: tuple[Reason, ...]
    revenue: int | None = None


class Assessment(NamedTuple):
    """Entitlements by reward, instalment, party; and the first later date on which they can differ by themselves.

    What lapsed for good is not looked at again: among its reasons one may tell of a date that passes.
    """

    as_of: date
    entitlements: list[Entitlement]
    next_check_on: date | None


of_fields = tuple.__new__
"""Make either of them of all its fields, at half the price of its own constructor."""
