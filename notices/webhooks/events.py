"""What other systems can be told of, and how it is said: the type, the moment, and which objects to look up."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """Something that happened, by the name under which it is sent."""

    CASE_SUBMITTED = "case.submitted"
    CASE_CHANGED = "case.changed"
    ENTITLEMENT_DUE = "entitlement.due"
    PAYOUT_APPROVED = "payout.approved"
    PAYOUT_PAID = "payout.paid"
    OPPORTUNITY_SHARED = "opportunity.shared"
    MEMBER_JOINED = "member.joined"
    MEETING_PLANNED = "meeting.planned"
    TEST = "test"


EVENT_NAMES = {
    Event.CASE_SUBMITTED: _("someone is recommended"),
    Event.CASE_CHANGED: _("something happens in a case"),
    Event.ENTITLEMENT_DUE: _("an amount falls due"),
    Event.PAYOUT_APPROVED: _("an amount is approved"),
    Event.PAYOUT_PAID: _("an amount is paid"),
    Event.OPPORTUNITY_SHARED: _("an opportunity is shared with the network"),
    Event.MEMBER_JOINED: _("somebody who was admitted joins"),
    Event.MEETING_PLANNED: _("a meeting is planned"),
}
"""What can be chosen; a test is sent by a button."""
OF_GROUP = frozenset({Event.OPPORTUNITY_SHARED, Event.MEMBER_JOINED, Event.MEETING_PLANNED})
"""What happens in networks only, and all that chats are told of."""


def body(event: Event, at: datetime, data: Mapping[str, Any]) -> str:
    """Write an event as it is sent and signed."""
    return json.dumps({"type": event, "timestamp": at.isoformat(), "data": data}, separators=(",", ":"))
