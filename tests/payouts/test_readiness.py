"""What is missing before someone can be paid, and what finance is told to look at twice: case by case."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from payouts.readiness import PayeeKind, account_cautions, amount_cautions, missing

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMPLETE = {"invoices_itself": False, "has_account": True, "agreed": True, "customer_complete": True, "vat_known": True}


@pytest.mark.parametrize(
    ("kind", "changes", "found"),
    [
        (None, {}, ["details"]),
        ("enterprise", {}, []),
        ("enterprise", {"has_account": False, "agreed": False}, ["iban", "agreement"]),
        ("enterprise", {"customer_complete": False, "vat_known": False}, ["organisation", "vat"]),
        ("enterprise", {"invoices_itself": True, "agreed": False}, ["invoice"]),
        ("person", {"agreed": False, "vat_known": False}, []),
        ("person", {"has_account": False}, ["iban"]),
        ("employee", dict.fromkeys(COMPLETE, False), []),
    ],
)
def test_what_is_missing(kind: str | None, changes: dict[str, bool], found: list[str]) -> None:
    given: dict[str, Any] = COMPLETE | changes
    assert missing(kind=PayeeKind(kind) if kind else None, **given) == found


@pytest.mark.parametrize(
    ("age", "last_paid", "found"),
    [
        (timedelta(hours=71), date(2026, 11, 21), ["iban_recent"]),
        (timedelta(hours=73), date(2026, 11, 21), []),
        (timedelta(days=30), None, ["iban_first"]),
        (timedelta(days=30), date(2026, 10, 1), ["iban_first"]),
        (timedelta(hours=1), None, ["iban_recent", "iban_first"]),
    ],
)
def test_a_new_account_is_looked_at_twice(age: timedelta, last_paid: date | None, found: list[str]) -> None:
    changed = NOW - age
    assert account_cautions(changed_at=changed, changed_on=changed.date(), last_paid=last_paid, now=NOW) == found


@pytest.mark.parametrize(
    ("limit", "own_case", "found"),
    [(None, False, []), ("1200", False, []), ("1199.99", True, ["over_limit", "own_case"])],
)
def test_large_amounts_and_ones_own_records_are_looked_at_twice(
    limit: str | None, own_case: bool, found: list[str]
) -> None:
    most = Decimal(limit) if limit else None
    assert amount_cautions(amount=Decimal(1200), limit=most, own_case=own_case) == found
