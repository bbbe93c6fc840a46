"""The one service that writes the journal: each entry in one statement, with its postings and the balances they move."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from members.models import Member
from payouts.ledger import Account as AccountKind
from payouts.ledger import Booking, Leg, reversal
from payouts.models import Document, Entry, Payable

# Accounts are touched in one order, so that two entries at once wait for each other instead of both giving up.
POST = """
    WITH entry AS (
        INSERT INTO payouts_entry (what, payable_id, document_id, reverses_id, "on", recorded_by_id, recorded_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
    ), leg AS (
        SELECT * FROM unnest(%s::text[], %s::bigint[], %s::numeric[]) AS leg (kind, member_id, amount)
    ), account AS (
        INSERT INTO payouts_account AS known (kind, member_id, currency, balance)
        SELECT kind, member_id, %s, amount FROM leg ORDER BY kind
        ON CONFLICT (organisation_id, kind, member_id, currency) DO UPDATE SET balance = known.balance + excluded.balance
        RETURNING id, kind
    ), posting AS (
        INSERT INTO payouts_posting (entry_id, account_id, amount)
        SELECT entry.id, account.id, leg.amount FROM entry, leg JOIN account USING (kind)
    )
    SELECT id FROM entry
"""


def post(
    *, source: Payable | Document, what: Booking, legs: list[Leg], on: date, by: Member | None, at: datetime
) -> int:
    """Record an entry about a payable or a document, with its postings, and move the balances; return the entry's id."""
    return _post(source, what, legs, on=on, by=by, at=at)


def reverse(*, entry: Entry, on: date, by: Member, at: datetime) -> int:
    """Take an entry back by its opposite; return the opposite's id."""
    source = entry.document or entry.payable
    assert source is not None
    postings = entry.postings.select_related("account").order_by("pk")
    legs = [Leg(AccountKind(posting.account.kind), posting.amount) for posting in postings]
    return _post(source, Booking.REVERSAL, reversal(legs), on=on, by=by, at=at, reverses=entry.pk)


def _post(
    source: Payable | Document,
    what: Booking,
    legs: list[Leg],
    *,
    on: date,
    by: Member | None,
    at: datetime,
    reverses: int | None = None,
) -> int:
    about = (None, source.pk) if isinstance(source, Document) else (source.pk, None)
    entry: list[Any] = [what, *about, reverses, on, by and by.pk, at]
    sides: list[list[Any]] = [
        [leg.account for leg in legs],
        [source.member_id if leg.account is AccountKind.PAYABLE else None for leg in legs],
        [leg.amount for leg in legs],
    ]
    with connection.cursor() as cursor:
        cursor.execute(POST, [*entry, *sides, source.currency])
        posted: int = cursor.fetchone()[0]
    return posted
