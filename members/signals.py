"""What the layers above hear of."""

from django.dispatch import Signal

legal_data_changed = Signal()
"""Sent in the transaction that changed what stands on an organisation's invoices, with `organisation`."""

member_left = Signal()
"""Sent in the transaction in which a member left, with `member`, `on`, `by` and `at`."""

leaving_planned = Signal()
"""Sent in the transaction in which a member cancelled their membership themselves, with `member` and the `last_day`."""

member_invited = Signal()
"""Sent in the transaction that invited someone, with `organisation`, `invitation`, `token`, `at`, the `language` in which they
are written to, and whether they `is_admitted`."""

invitation_accepted = Signal()
"""Sent in the transaction in which somebody joined by an `invitation`, with the `member` and `at`."""

application_asked = Signal()
"""Sent in the transaction in which a member asked somebody to join, with `organisation`, `application`, `token` and `at`."""

application_made = Signal()
"""Sent in the transaction in which somebody applied, with `application`, the `token` of their link, if known, and `at`."""

application_refused = Signal()
"""Sent in the transaction in which an `application` was refused, before it is erased, with `because` and `at`."""

application_erased = Signal()
"""Sent in the transaction in which what an `application` said of a person was erased, with `at`."""

member_admitted = Signal()
"""Sent in the transaction in which somebody who was admitted joined, with `member`, `application` and `at`."""

administration_ended = Signal()
"""Sent in the transaction from which on a member is no administrator: left, or without that role, with `member` and `at`."""

roles_granted = Signal()
"""Sent in the transaction in which a member got roles, with `member`, `roles`, those that are new, and `at`."""

meeting_planned = Signal()
"""Sent in the transaction that planned a `meeting`, with `at`."""

meeting_moved = Signal()
"""Sent in the transaction that gave a `meeting` another time (`has_other_time`) or place, with `at`."""

meeting_cancelled = Signal()
"""Sent in the transaction that cancelled a `meeting`, with `at`."""

meeting_nears = Signal()
"""Sent once before a `meeting` for those who did not answer, and once for those who come (`is_answered`), with `at`."""

meeting_noted = Signal()
"""Sent in the transaction in which the notes of a `meeting` were first written, with `at`."""

meetings_missing = Signal()
"""Sent at night when no meeting is planned in the quarter that runs, with `organisation`, its `first` day and `at`."""

seat_given = Signal()
"""Sent in the transaction in which a `member` who waited got a seat at a `meeting`, with `at`."""

member_thanked = Signal()
"""Sent in the transaction in which a member thanked another, with `thanks` and `at`."""

speaker_changed = Signal()
"""Sent in the transaction in which another put a `member` on the agenda (`speaks`), or took them off, with `item` and `at`."""

thanks_taken_away = Signal()
"""Sent in the transaction that takes `thanks` away."""

slot_freed = Signal()
"""Sent in the transaction in which a `member` who does not come gave up a point of the agenda, the `item`, with `at`."""
