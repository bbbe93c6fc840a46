"""Closing the books of a month."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import ClosedMonth
from payouts.selectors import books


class CannotBeClosedError(Exception):
    """Only a month that is over, and not closed yet, can be closed."""


@transaction.atomic
def close(*, organisation: Organisation, month: date, by: Member, at: datetime) -> None:
    """Close the books until the end of a month, with every month before it: they take no more entries, for ever.

    CannotBeClosedError for a month that is closed already, or not over.
    """
    lock_organisation(organisation.pk)
    months = [one.first for one in books.closable(timezone.localdate(at))]
    if month not in months:
        raise CannotBeClosedError
    until = months[: months.index(month) + 1]
    ClosedMonth.objects.bulk_create([ClosedMonth(month=one, closed_by=by, closed_at=at) for one in until])
