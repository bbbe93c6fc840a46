"""What the layers above hear of."""

from django.dispatch import Signal

fell_due = Signal()
"""Sent in the transaction that learned of it, with `entitlements`, the ids of those that fell due, and `at`."""

payable_changed = Signal()
"""Sent in the transaction that approved or paid an amount, with `payable` and `at`."""

document_issued = Signal()
"""Sent in the transaction that stored a document's PDF, with `document` and `at`."""

iban_changed = Signal()
"""Sent in the transaction in which a payee named another account number, with `payee` and `at`."""
