"""What the layers above hear of: they enqueue work and write mails."""

from django.dispatch import Signal

case_submitted = Signal()
"""Sent in the transaction that made a case, with `case` and `token`, the link of the person referred."""

facts_recorded = Signal()
"""Sent in the transaction that recorded facts, with `case` and `facts`."""

person_forgotten = Signal()
"""Sent in the transaction that erased a person, with their `cases`: erase what else names them."""
