"""What the layers above hear of."""

from django.dispatch import Signal

version_published = Signal()
"""Sent in the transaction that published a draft, with `version`."""
