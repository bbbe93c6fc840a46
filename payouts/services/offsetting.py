"""Setting off: what a member paid too much of one sales invoice counts for another of theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
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
    sales = list(open_sales().filter(member=member))
    for currency in sorted({one.currency for one in sales}):
        same = [one for one in sales if one.currency == currency]
        moved = [(same[source], same[target], amount) for source, target, amount in set_off([one.left for one in same])]
        _move([(source.pk, target.pk, amount) for source, target, amount in moved], member, currency, at)


def take_back(*, member: Member, documents: Collection[int], at: datetime) -> None:
    """Have what was set off from a member's invoices, of these, be theirs again; what is too much then is to be set off anew."""
    moved = Receipt.objects.filter(document__in=documents, member=member, against__isnull=False)
    sums = (
        moved.order_by("document", "against").values_list("document", "against", "currency").annotate(sum=Sum("amount"))
    )
    for source, target, currency, amount in [one for one in sums if one[3] < 0]:
        _move([(target, source, -amount)], member, currency, at)


def _move(moved: Sequence[tuple[int, int, Decimal]], member: Member, currency: str, at: datetime) -> None:
    """Have some of what was received of one invoice, by its id, count for another."""
    today = timezone.localdate(at)
    fields = {"member": member, "currency": currency, "on": today, "recorded_at": at}
    Receipt.objects.bulk_create(
        Receipt(document_id=document, against_id=against, amount=share, **fields)
        for source, target, amount in moved
        for document, against, share in ((source, target, -amount), (target, source, amount))
    )
    if moved:
        work.add(member.organisation_id, DUES)
        touched = {pk for source, target, _amount in moved for pk in (source, target)}
        look_again(remitted_on(touched), member.organisation_id, today)
