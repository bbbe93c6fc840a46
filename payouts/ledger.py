"""The postings of what happens to an entitlement, pure: every entry sums to zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Account(StrEnum):
    """The kinds of accounts. Those of `OF_MEMBERS` have one for each member; the others one for each currency."""

    BONUSES = "bonuses"
    """Cost: what programmes cost the organisation."""

    PAYABLE = "payable"
    """Debt: what a member is still owed."""

    BANK = "bank"
    """What was paid out, and what came in."""

    PAYROLL = "payroll"
    """What was handed to payroll, which pays it with the wages."""

    VAT = "vat"
    """VAT on payees' invoices, to be recovered."""

    RECEIVABLE = "receivable"
    """What a member owes."""

    REVENUE = "revenue"
    """What members were charged."""

    VAT_DUE = "vat_due"
    """VAT on what members were charged, to be handed on."""

    POT = "pot"
    """What is set aside for the pots that a network divides."""

    POINTS = "points"
    """Points, or coins, that a member has saved."""

    GRANTED = "granted"
    """Points that programmes granted."""

    REDEEMED = "redeemed"
    """Points that were redeemed, and coins over which a pot was divided."""


OF_MEMBERS = frozenset({Account.PAYABLE, Account.RECEIVABLE, Account.POINTS})
OF_POINTS = frozenset({Account.POINTS, Account.GRANTED, Account.REDEEMED})
"""Accounts that are no money: their unit is points or coins."""


class Booking(StrEnum):
    """What an entry says: of a payable that it is owed; of a document its VAT, or what it charges; of either that it was paid; of
    an entitlement what of it went into the pot, or that it brought points; of a pot over which coins it was divided."""

    OWED = "owed"
    INVOICED = "invoiced"
    SOLD = "sold"
    PAID = "paid"
    RETURNED = "returned"
    RECEIVED = "received"
    SET_ASIDE = "set_aside"
    EARNED = "earned"
    REDEEMED = "redeemed"
    GIVEN_BACK = "given_back"
    DIVIDED = "divided"


@dataclass(frozen=True)
class Leg:
    """One side of an entry; debits are positive, credits negative. With `member`, by their id, where an entry moves several."""

    account: Account
    amount: Decimal
    member: int | None = None


class NothingToPostError(ValueError):
    """An entry of zero says nothing."""


def owed(amount: Decimal) -> list[Leg]:
    """An amount is approved: it costs the organisation, which owes it to the member."""
    return _entry(Account.BONUSES, Account.PAYABLE, amount)


def divided(amount: Decimal) -> list[Leg]:
    """A member's share of a pot is approved: what was set aside is owed to them."""
    return _entry(Account.POT, Account.PAYABLE, amount)


def invoiced(vat: Decimal, *, recovers: bool = True) -> list[Leg]:
    """A payee's invoice adds VAT to what was owed already; who recovers none has it as a cost."""
    return _entry(Account.VAT if recovers else Account.BONUSES, Account.PAYABLE, vat)


def reversed_vat(vat: Decimal, *, recovers: bool = True) -> list[Leg]:
    """VAT on a payee's invoice is due by us: owed and recovered at once, or a cost for who recovers none."""
    return _entry(Account.VAT if recovers else Account.BONUSES, Account.VAT_DUE, vat)


def sold(net: Decimal, vat: Decimal) -> list[Leg]:
    """A sales invoice is made out: the member owes its total, of which the VAT is handed on."""
    legs = [Leg(Account.RECEIVABLE, net + vat), Leg(Account.REVENUE, -net), Leg(Account.VAT_DUE, -vat)]
    return [leg for leg in legs if leg.amount] or _entry(Account.RECEIVABLE, Account.REVENUE, net)


def paid(amount: Decimal) -> list[Leg]:
    """An amount left the bank: the member is owed so much less."""
    return _entry(Account.PAYABLE, Account.BANK, amount)


def paid_with_wages(amount: Decimal) -> list[Leg]:
    """Payroll took an amount over: the member is owed so much less, payroll settles it with the wages."""
    return _entry(Account.PAYABLE, Account.PAYROLL, amount)


def received(amount: Decimal) -> list[Leg]:
    """A member paid what they owe."""
    return _entry(Account.BANK, Account.RECEIVABLE, amount)


def returned(amount: Decimal) -> list[Leg]:
    """A payment came back: the member is owed it again."""
    return _entry(Account.BANK, Account.PAYABLE, amount)


def set_aside(amount: Decimal) -> list[Leg]:
    """A part of a remittance goes into the pot; out of it again, when it is negative."""
    return _entry(Account.BONUSES, Account.POT, amount)


def earned(points: Decimal) -> list[Leg]:
    """A case brings a member points; fewer than before, when they are negative."""
    return _entry(Account.GRANTED, Account.POINTS, points)


def redeemed(points: Decimal) -> list[Leg]:
    """A member redeems points."""
    return _entry(Account.POINTS, Account.REDEEMED, points)


def given_back(points: Decimal) -> list[Leg]:
    """What a member wanted to redeem points for was refused, or withdrawn."""
    return _entry(Account.REDEEMED, Account.POINTS, points)


def coins_divided(coins: Mapping[int, Decimal]) -> list[Leg]:
    """A pot is divided over the coins of members, by their ids: they have them no more, and what was taken back below zero is forgotten."""
    legs = [Leg(Account.POINTS, amount, member) for member, amount in sorted(coins.items()) if amount]
    total = sum(coins.values(), Decimal(0))
    return [*legs, Leg(Account.REDEEMED, -total)] if total else legs


def _entry(debit: Account, credit: Account, amount: Decimal) -> list[Leg]:
    if not amount:
        raise NothingToPostError
    return [Leg(debit, amount), Leg(credit, -amount)]
