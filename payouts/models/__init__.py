"""What is owed, on its way to whom it is owed."""

from payouts.models.documents import Document, Line, PayrollLine, Series
from payouts.models.entitlements import Entitlement
from payouts.models.journal import Account, Entry, Posting
from payouts.models.payables import Adjustment, Payable
from payouts.models.payees import Agreement, Payee
from payouts.models.replays import Replay

__all__ = [
    "Account",
    "Adjustment",
    "Agreement",
    "Document",
    "Entitlement",
    "Entry",
    "Line",
    "Payable",
    "Payee",
    "PayrollLine",
    "Posting",
    "Replay",
    "Series",
]
