"""What the layers above hear of."""

from django.dispatch import Signal

legal_data_changed = Signal()
"""Sent in the transaction that changed what stands on an organisation's invoices, with `organisation`."""

member_left = Signal()
"""Sent in the transaction in which a member left, with `member`, `on`, `by` and `at`."""

member_invited = Signal()
"""Sent in the transaction that invited someone, with `organisation`, `invitation`, `token` and `at`."""

roles_granted = Signal()
"""Sent in the transaction in which a member got roles, with `member`, `roles`, those that are new, and `at`."""
