"""Recomputing everything and comparing it with what is stored: each difference in a line."""

from collections.abc import Iterator

from payouts.selectors.auditing.cases import cases
from payouts.selectors.auditing.documents import documents
from payouts.selectors.auditing.journal import journal
from payouts.selectors.auditing.payables import payables
from payouts.selectors.auditing.payments import payments
from payouts.selectors.auditing.points import points
from payouts.selectors.auditing.remittances import remitted


def differences() -> Iterator[str]:
    """Yield what does not agree in the organisation that was entered."""
    for check in (cases, payables, documents, payments, points, remitted, journal):
        yield from check()
