"""Closing the books of a month."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organisation
from members.services.locking import lock_organisation
from payouts.models import ClosedMonth
from payouts.selectors import books


class CannotBeClosedError(Exception):
    """Months are closed one after another, each when it is over."""


@transaction.atomic
def close(*, organisation: Organisation, month: date, by: Member, at: datetime) -> None:
    """Close a month: its books take no more entries, for ever. CannotBeClosedError for another than the next."""
    lock_organisation(organisation.pk)
    if month != books.next_to_close(timezone.localdate(at)):
        raise CannotBeClosedError
    ClosedMonth.objects.create(month=month, closed_by=by, closed_at=at)
