"""What is missing before a payee can be paid, and what to look at twice; pure."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

ACCOUNT_RESTS = timedelta(hours=72)
"""How long a new account number is looked at twice."""


class PayeeKind(StrEnum):
    """How a payee is paid: by invoice, with their wages, or on a statement."""

    ENTERPRISE = "enterprise"
    EMPLOYEE = "employee"
    PERSON = "person"


class Missing(StrEnum):
    """Without these no document is made, and so nothing is paid."""

    DETAILS = "details"
    IBAN = "iban"
    AGREEMENT = "agreement"
    INVOICE = "invoice"
    ORGANISATION = "organisation"
    VAT = "vat"


class Caution(StrEnum):
    """What finance should look at twice."""

    IBAN_RECENT = "iban_recent"
    IBAN_FIRST = "iban_first"
    OVER_LIMIT = "over_limit"
    OWN_CASE = "own_case"
    RETURNED_BEFORE = "returned_before"


class LeftOut(StrEnum):
    """Why something that stands on a document is not paid now."""

    CONTESTED = "contested"
    NO_ACCOUNT = "no_account"
    RESTING = "resting"
    NOTHING_LEFT = "nothing_left"
    NOT_REPLACED = "not_replaced"


class Move(StrEnum):
    """Who has to do something next."""

    PROPOSE = "propose"
    APPROVE = "approve"
    MEMBER = "member"
    PRODUCT = "product"
    SETTLE = "settle"
    PAY = "pay"
    APPROVE_BATCH = "approve_batch"
    BANK = "bank"
    PAYROLL = "payroll"


def missing(
    *,
    kind: PayeeKind | None,
    invoices_itself: bool,
    has_account: bool,
    agreed: bool,
    customer_complete: bool,
    vat_known: bool,
) -> list[Missing]:
    """Return what is missing before a document can be made out for a payee of a kind; None for one who said nothing.

    Who invoices itself is waited for: then the invoice is what is missing.
    """
    if kind is None:
        return [Missing.DETAILS]
    if kind is PayeeKind.EMPLOYEE:
        return []
    by_invoice = kind is PayeeKind.ENTERPRISE
    found = [
        (Missing.IBAN, not has_account),
        (Missing.ORGANISATION, not customer_complete),
        (Missing.AGREEMENT, by_invoice and not invoices_itself and not agreed),
        (Missing.INVOICE, by_invoice and invoices_itself),
        (Missing.VAT, by_invoice and not vat_known),
    ]
    return [code for code, holds in found if holds]


def account_cautions(
    *, changed_at: datetime | None, changed_on: date | None, last_paid: date | None, now: datetime
) -> list[Caution]:
    """Return what to say of an account number that was named at a moment, on a local day; nothing where there is none."""
    if changed_at is None or changed_on is None:
        return []
    found = [
        (Caution.IBAN_RECENT, changed_at > now - ACCOUNT_RESTS),
        (Caution.IBAN_FIRST, last_paid is None or last_paid < changed_on),
    ]
    return [code for code, holds in found if holds]


def amount_cautions(*, amount: Decimal, limit: Decimal | None, own_case: bool) -> list[Caution]:
    """Return what to say of an amount: over the organisation's limit, or recorded by whoever earns by it."""
    found = [(Caution.OVER_LIMIT, limit is not None and amount > limit), (Caution.OWN_CASE, own_case)]
    return [code for code, holds in found if holds]
