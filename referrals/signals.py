"""What the layers above hear of: they enqueue work and write mails."""

from django.dispatch import Signal

case_submitted = Signal()
"""Sent in the transaction that made a case, with `case` and `token`, the link of the person referred."""

facts_recorded = Signal()
"""Sent in the transaction that changed the facts of `cases`, with the new `facts`."""

candidates_merged = Signal()
"""Sent in the transaction that said that two people are one, with the `cases` whose introducers it concerns, and `at`."""

merge_undone = Signal()
"""Sent in the transaction that took that back, with the same."""

interview_planned = Signal()
"""Sent in the transaction that planned or cancelled an interview, with `interview`, `token` and `at`."""

presentation_asked = Signal()
"""Sent in the transaction that asked a person about an assignment, with `presentation`, `token` and `at`."""

person_forgotten = Signal()
"""Sent in the transaction that erased a person, with their `cases` and `addresses`: erase what else names them."""

opportunity_shared = Signal()
"""Sent in the transaction in which a member shared an `opportunity`, or showed it to the whole network, with `at`."""

opportunity_narrowed = Signal()
"""Sent in the transaction from which on only chosen members see an `opportunity`, with `at`."""

member_asked = Signal()
"""Sent in the transaction in which who shares an `opportunity` asked a `member` about it, with `at`."""

member_interested = Signal()
"""Sent in the transaction in which a member said that they want an `opportunity`, with `interest` and `at`."""

talks_told = Signal()
"""Sent in the transaction in which somebody told that a member held talks, with `opportunity`, `interest`, `by` and `at`."""

members_introduced = Signal()
"""Sent in the transaction in which members were introduced, with `opportunity`, their `interests` and `at`."""

assignment_won = Signal()
"""Sent in the transaction that said who landed an `opportunity`, with their `placements` and `at`."""

landing_taken_back = Signal()
"""Sent in the transaction in which a member said that a `placement` of an `opportunity` was not landed, with `by` and `at`."""

opportunity_waits_again = Signal()
"""Sent in the transaction that took up an `opportunity` again, with the `interests` of who was turned away, and `at`."""

opportunities_handed_over = Signal()
"""Sent in the transaction in which the open `opportunities` of a `leaver` went to an administrator, the `heir`, with `at`."""

publicity_claimed = Signal()
"""Sent in the transaction in which a member claimed coins for `publicity`, with `at`."""

opportunity_silent = Signal()
"""Sent at night for an `opportunity` with which nothing happened for a while, `days` before it is closed, with `at`."""
