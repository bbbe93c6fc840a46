"""What the layers above hear of."""

from django.dispatch import Signal

fell_due = Signal()
"""Sent in the transaction that learned of it, with `entitlements`, the ids of those that fell due, and `at`."""

payable_changed = Signal()
"""Sent in the transaction that approved an amount, with `payable` and `at`."""

payables_paid = Signal()
"""Sent in the transaction that recorded payments, with `payables`, the ids of the amounts that they paid, and `at`."""

payment_returned = Signal()
"""Sent in the transaction that recorded that a payment came back, with `payment` and `at`."""

document_issued = Signal()
"""Sent in the transaction that stored a document's PDF, with `document` and `at`."""

invoice_received = Signal()
"""Sent in the transaction in which a member sent an invoice as PDF, with `received` and `at`."""

invoice_refused = Signal()
"""Sent in the transaction in which finance sent an invoice back, with `received`, `because` and `at`."""

promise_nears = Signal()
"""Sent at night with `organisation`, `found`, what finance has to do to keep its promises, and `at`."""

document_contested = Signal()
"""Sent in the transaction in which a member contested a document, with `document`, `answer` and `at`."""

contest_settled = Signal()
"""Sent in the transaction in which finance settled a contest, with `document`, `answer` and `at`."""

redemption_asked = Signal()
"""Sent in the transaction in which a member redeems points, with `redemption` and `at`."""

redemption_decided = Signal()
"""Sent in the transaction in which a redemption was granted or refused, with `redemption` and `at`."""

iban_changed = Signal()
"""Sent in the transaction in which a payee named another account number, with `payee` and `at`."""

remittances_released = Signal()
"""Sent in the transaction that learned of it, with `entitlements`, the ids of those of which more can be paid on, and `at`."""

pot_proposed = Signal()
"""Sent in the transaction in which finance proposed to divide a `pot`, with `at`."""

pot_objected = Signal()
"""Sent in the transaction in which a member objected to the division of a pot, with `objection` and `at`."""

objection_answered = Signal()
"""Sent in the transaction in which finance answered an `objection` to the division of a pot, with `at`."""

pot_closed = Signal()
"""Sent in the transaction in which a `pot` was divided, or carried over, with `at`."""

payment_late = Signal()
"""Sent at night with a sales `document` that is late, what is `left` to pay of it, the `number` of the reminder, and `at`."""

months_missing = Signal()
"""Sent at night with a `member`, the `titles` of assignments whose turnover of last `month` is missing, and `at`."""

contribution_missing = Signal()
"""Sent at night with a `member`, the `titles` of assignments with turnover whose contribution nobody declared, the last `month`, and `at`."""
