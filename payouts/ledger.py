"""The postings of what happens to an entitlement, pure: every entry sums to zero."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Account(StrEnum):
    """The kinds of accounts. `PAYABLE` has one for each member; the others one for each currency."""

    BONUSES = "bonuses"
    """Cost: what programmes cost the organisation."""

    PAYABLE = "payable"
    """Debt: what a member is still owed."""

    BANK = "bank"
    """What was paid out."""


@dataclass(frozen=True)
class Leg:
    """One side of an entry; debits are positive, credits negative."""

    account: Account
    amount: Decimal


class NothingToPostError(ValueError):
    """An entry of zero says nothing."""


def owed(amount: Decimal) -> list[Leg]:
    """An amount is approved: it costs the organisation, which owes it to the member."""
    return _entry(Account.BONUSES, Account.PAYABLE, amount)


def paid(amount: Decimal) -> list[Leg]:
    """An amount left the bank: the member is owed so much less."""
    return _entry(Account.PAYABLE, Account.BANK, amount)


def reversal(legs: list[Leg]) -> list[Leg]:
    """Take an entry back by its opposite; entries are never changed."""
    return [Leg(leg.account, -leg.amount) for leg in legs]


def _entry(debit: Account, credit: Account, amount: Decimal) -> list[Leg]:
    if not amount:
        raise NothingToPostError
    return [Leg(debit, amount), Leg(credit, -amount)]
