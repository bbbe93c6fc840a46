"""Registration fees and dues: what was paid of them."""

from datetime import date

from django.db.models import Max

from kernel.money import ZERO
from payouts.models import Charge, Document, Receipt
from payouts.selectors.statements import every_sale
from referrals.models import Joining


def paid_registrations() -> list[tuple[Joining, date]]:
    """Return who joined and was not noted yet, with the day on which they paid their registration fee, or joined without one."""
    waiting = list(Joining.objects.filter(case__is_over=False).select_related("member", "case").order_by("pk"))
    fees = Charge.objects.filter(kind=Charge.Kind.REGISTRATION, member__in=[one.member_id for one in waiting])
    documents = dict(fees.order_by("pk").values_list("member", "lines__document"))
    paid = _paid_on([document for document in documents.values() if document])
    found = []
    for one in waiting:
        document = documents.get(one.member_id)
        if one.member_id not in documents:
            found.append((one, one.member.joined_on))
        elif document in paid:
            found.append((one, paid[document]))
    return found


def _paid_on(documents: list[int]) -> dict[int, date]:
    """Return when sales invoices of which nothing is left to be paid were paid, by their ids; not what was taken back instead."""
    whole = set(every_sale().filter(pk__in=documents, left__lte=ZERO).values_list("pk", flat=True))
    credited = set(Document.objects.filter(credits__in=whole).values_list("credits", flat=True))
    receipts = Receipt.objects.filter(document__in=whole - credited, takes_back=None, taken_back_by=None).values_list(
        "document"
    )
    return dict(receipts.annotate(last=Max("on")))
