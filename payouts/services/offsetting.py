"""Setting off: what a member paid too much of one sales invoice counts for another of theirs."""

from datetime import datetime

from django.utils import timezone

from members.models import Member
from payouts.models import Receipt
from payouts.selectors.remittances import remitted_on
from payouts.selectors.statements import open_sales
from payouts.sepa.sharing import set_off
from payouts.services.looking import look_again


def set_off_sales(*, member: Member, at: datetime) -> None:
    """Have what was paid too much of a member's invoices pay for those that are open, the oldest first.

    Nothing is booked: the member owes as much as before. Under the organisation's lock, so that what is left is reckoned once.
    """
    today = timezone.localdate(at)
    sales = list(open_sales().filter(member=member))
    for currency in sorted({one.currency for one in sales}):
        same = [one for one in sales if one.currency == currency]
        moved = set_off([one.left for one in same])
        for source, target, amount in moved:
            for document, against, share in ((source, target, -amount), (target, source, amount)):
                Receipt.objects.create(
                    document=same[document],
                    against=same[against],
                    member=member,
                    amount=share,
                    currency=currency,
                    on=today,
                    recorded_at=at,
                )
        if moved:
            look_again(remitted_on([one.pk for one in same]), member.organisation_id, today)
