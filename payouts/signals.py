"""What the layers above hear of."""

from django.dispatch import Signal

fell_due = Signal()
"""Sent in the transaction that learned of it, with `entitlements`, the ids of those that fell due, and `at`."""

payable_changed = Signal()
"""Sent in the transaction that approved or paid an amount, with `payable` and `at`."""
