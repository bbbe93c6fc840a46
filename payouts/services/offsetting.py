"""Setting off: what a member paid too much of one sales invoice counts for another of theirs."""

from datetime import datetime

from django.utils import timezone

from kernel import work
from members.models import Member
from payouts.models import Receipt
from payouts.selectors.remittances import remitted_on
from payouts.selectors.statements import open_sales
from payouts.sepa.sharing import set_off
from payouts.services.looking import DUES, look_again


def set_off_sales(*, member: Member, at: datetime) -> None:
    """Have what was paid too much of a member's invoices pay for those that are open, the oldest first.

    Nothing is booked: the member owes as much as before. Under the locks of the organisation, so that what is left is reckoned
    once, and of the member's cases.
    """
    today = timezone.localdate(at)
    sales = list(open_sales().filter(member=member))
    for currency in sorted({one.currency for one in sales}):
        same = [one for one in sales if one.currency == currency]
        moved = [(same[source], same[target], amount) for source, target, amount in set_off([one.left for one in same])]
        for source, target, amount in moved:
            for document, against, share in ((source, target, -amount), (target, source, amount)):
                Receipt.objects.create(
                    document=document,
                    against=against,
                    member=member,
                    amount=share,
                    currency=currency,
                    on=today,
                    recorded_at=at,
                )
        if moved:
            work.add(member.organisation_id, DUES)
            touched = {one.pk for source, target, _amount in moved for one in (source, target)}
            look_again(remitted_on(touched), member.organisation_id, today)
