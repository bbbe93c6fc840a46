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

    VAT = "vat"
    """VAT on payees' invoices, to be recovered."""


class Booking(StrEnum):
    """What an entry says: of a payable that it is owed; of a document its VAT; of either that it was paid."""

    OWED = "owed"
    INVOICED = "invoiced"
    PAID = "paid"
    REVERSAL = "reversal"


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


def invoiced(vat: Decimal) -> list[Leg]:
    """A payee's invoice adds VAT to what was owed already."""
    return _entry(Account.VAT, Account.PAYABLE, vat)


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
