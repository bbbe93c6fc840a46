"""Reminding finance of what was promised, before the day is over, performers of their turnover, and members of late invoices."""

from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Document, PaymentReminder
from payouts.readiness import Move
from payouts.selectors import arrears
from payouts.selectors.assignments import assignments
from payouts.selectors.promise import late
from payouts.signals import contribution_missing, months_missing, payment_late, promise_nears
from referrals.selectors.assignments import missing, undeclared

FIRST_DAY_OF_REMINDING = 5
"""Day of the month from which on performers are reminded of the month before."""
REMIND = "remind_of_promises"
DAYS_BEFORE = 7
OF_FINANCE = frozenset({Move.PROPOSE, Move.APPROVE, Move.SETTLE, Move.PAY, Move.APPROVE_BATCH, Move.PAYROLL})
"""Moves that finance can make; the others wait for a member, the bank, or the product."""


def remind(*, organisation_id: int, at: datetime) -> int:
    """Tell finance of amounts whose promised day is near or over, and whose move is theirs; return how many there are."""
    organisation = Organisation.objects.get(pk=organisation_id)
    with tenant(organisation_id):
        today = timezone.localdate(at)
        found = [one for one in late(organisation, at, today, within=DAYS_BEFORE) if one.move in OF_FINANCE]
        if found:
            promise_nears.send(Organisation, organisation=organisation, found=found, at=at)
        return len(found)


def remind_debtors(*, organisation_id: int, at: datetime) -> int:
    """Remind members of invoices that they are late to pay, twice at most; return of how many."""
    with tenant(organisation_id):
        found = arrears.to_remind(timezone.localdate(at))
        for sale, number in found:
            _reminder, is_new = PaymentReminder.objects.get_or_create(
                document=sale, number=number, defaults={"sent_at": at}
            )
            if is_new:
                payment_late.send(Document, document=sale, left=sale.left, number=number, at=at)
        return len(found)


def remind_performers(*, organisation_id: int, at: datetime) -> None:
    """Remind performers of last month's turnover, a few days into this one, until their caps, and of contributions that they did
    not declare; once of each month.
    """
    with tenant(organisation_id):
        today = timezone.localdate(at)
        if today.day < FIRST_DAY_OF_REMINDING:
            return
        month = (today.replace(day=1) - timedelta(1)).replace(day=1)
        asked = {one.placement.pk for one in assignments(missing(month), today) if one.missing}
        for member, group in groupby(missing(month).filter(pk__in=asked), key=attrgetter("performer")):
            titles = [one.title for one in group]
            months_missing.send(Organisation, member=member, titles=titles, month=month, at=at)
        waiting = [one.placement for one in assignments(undeclared(), today) if one.is_undeclared]
        for member, group in groupby(sorted(waiting, key=attrgetter("performer_id")), key=attrgetter("performer")):
            titles = [one.title for one in group]
            contribution_missing.send(Organisation, member=member, titles=titles, month=month, at=at)
