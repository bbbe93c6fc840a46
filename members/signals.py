"""What the layers above hear of."""

from django.dispatch import Signal

legal_data_changed = Signal()
"""Sent in the transaction that changed what stands on an organisation's invoices, with `organisation`."""
