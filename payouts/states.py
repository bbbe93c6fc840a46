"""The states of a payable and what may follow each; pure."""

from enum import StrEnum


class PayableState(StrEnum):
    """Where an amount stands on its way to the member."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    PAID = "paid"


TRANSITIONS: dict[PayableState, frozenset[PayableState]] = {
    PayableState.PROPOSED: frozenset({PayableState.APPROVED, PayableState.SENT_BACK}),
    PayableState.APPROVED: frozenset({PayableState.PAID}),
    PayableState.SENT_BACK: frozenset({PayableState.PROPOSED}),
    PayableState.PAID: frozenset({PayableState.APPROVED}),  # the bank returned it
}

FROZEN = (PayableState.APPROVED, PayableState.PAID)
"""States in which an amount is promised: what differs afterwards is an adjustment."""


def before(state: PayableState) -> list[PayableState]:
    """Return the states from which one can be reached."""
    return [one for one, following in TRANSITIONS.items() if state in following]
