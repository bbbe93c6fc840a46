"""The one service that writes the journal: entries, their postings, and the balances that they move, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from members.models import Member
from payouts.ledger import OF_MEMBERS, Booking, Leg
from payouts.models import Document, Entitlement, Payable, Payment, Pot, Receipt, Redemption

SOURCES = (Payable, Document, Payment, Receipt, Entitlement, Redemption, Pot)
Source = Payable | Document | Payment | Receipt | Entitlement | Redemption | Pot

# One statement: so the triggers that look at a whole statement see all sides of an entry. What happened in a month whose
# books are closed is booked on the first day after the last closed one. Accounts are touched in one order, so that two who
# post at once wait for each other instead of both giving up. (What is joined by IS NOT DISTINCT FROM is compared one by one.)
POST = """
    WITH numbered AS (
        SELECT n, nextval(pg_get_serial_sequence('payouts_entry', 'id')) AS id FROM generate_series(1, %s) AS n
    ), closed AS (
        SELECT (max(month) + interval '1 month')::date AS until FROM payouts_closedmonth
    ), entry AS (
        INSERT INTO payouts_entry (
            id, what, payable_id, document_id, payment_id, receipt_id, entitlement_id, redemption_id, pot_id, "on",
            counts_for, recorded_by_id, recorded_at)
        SELECT numbered.id, what, payable, document, payment, receipt, entitlement, redemption, pot, GREATEST(told."on", closed.until),
            counts_for, by, at
        FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
                    %s::date[], %s::smallint[], %s::bigint[], %s::timestamptz[])
             WITH ORDINALITY AS told (what, payable, document, payment, receipt, entitlement, redemption, pot, "on", counts_for, by, at, n)
        JOIN numbered USING (n) CROSS JOIN closed
    ), leg AS (
        SELECT numbered.id AS entry_id, kind, member_id, currency, amount
        FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::text[], %s::numeric[]) AS told (n, kind, member_id, currency, amount)
        JOIN numbered USING (n)
    ), account AS (
        INSERT INTO payouts_account AS known (kind, member_id, currency, balance)
        SELECT kind, member_id, currency, SUM(amount) FROM leg GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (organisation_id, kind, member_id, currency) DO UPDATE SET balance = known.balance + excluded.balance
        RETURNING id, kind, member_id, currency
    )
    INSERT INTO payouts_posting (entry_id, account_id, amount)
    SELECT leg.entry_id, account.id, leg.amount
    FROM leg JOIN account ON account.kind = leg.kind AND account.currency = leg.currency
                         AND COALESCE(account.member_id, 0) = COALESCE(leg.member_id, 0)
"""


@dataclass(frozen=True)
class NewEntry:
    """Something that happened to money or points: of what, on which day, its sides; by whom and when it was recorded.

    `member` is the owner of accounts of members, by their id, where neither its sides nor the source itself say whose it is;
    `counts_for`, the year whose pot it is about; `unit`, what it is counted in, where that is not the source's currency.
    """

    source: Source
    what: Booking
    legs: Sequence[Leg]
    on: date
    by: Member | None
    at: datetime
    member: int | None = None
    counts_for: int | None = None
    unit: str | None = None


def post(
    *,
    source: Source,
    what: Booking,
    legs: Sequence[Leg],
    on: date,
    by: Member | None,
    at: datetime,
) -> None:
    """Record one entry, with its postings, and move the balances."""
    post_all([NewEntry(source, what, legs, on, by, at)])


def post_all(entries: Sequence[NewEntry]) -> None:
    """Record entries, with their postings, and move the balances; in the transaction in which it happened.

    What happened in a month whose books are closed is booked on the first day after the last closed month.
    """
    if not entries:
        return
    columns = zip(*map(_entry, entries), strict=True)
    sides = [side for place, one in enumerate(entries, 1) for side in _sides(place, one)]
    with connection.cursor() as cursor:
        cursor.execute(
            POST, [len(entries), *map(list, columns), *([side[place] for side in sides] for place in range(5))]
        )


def _entry(one: NewEntry) -> tuple[object, ...]:
    about = (one.source.pk if isinstance(one.source, kind) else None for kind in SOURCES)
    return (one.what, *about, one.on, one.counts_for, one.by and one.by.pk, one.at)


def _sides(place: int, one: NewEntry) -> list[tuple[object, ...]]:
    owner, unit = one.member or getattr(one.source, "member_id", None), one.unit or one.source.currency
    return [
        (place, leg.account, leg.member or owner if leg.account in OF_MEMBERS else None, unit, leg.amount)
        for leg in one.legs
    ]
