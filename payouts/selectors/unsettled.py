"""Documents that no payment settled yet."""

from django.db.models import Exists, OuterRef, QuerySet

from payouts.models import Document, Line, Payment, PaymentPart
from payouts.selectors.waiting import LIVE
from payouts.states import PayableState

SETTLED = PaymentPart.objects.filter(stands=True, payment__state=Payment.State.PAID)
"""What payments settled that did not come back."""


def unsettled() -> QuerySet[Document]:
    """Members' invoices and statements, with what corrects them or takes them back, that no payment settled.

    A document and the credit note that takes it back cancel each other out as long as neither was paid. Once one of them
    was, the other is to be settled as well, and so is the document that replaces both.
    """
    owed = LIVE.filter(payable__state=PayableState.APPROVED)
    replacing = LIVE.filter(payable__state=PayableState.PAID, payable__lines__reverses__isnull=False)
    taking_back = Line.objects.filter(reverses__document__in=SETTLED.values("document"))
    taken_back = Line.objects.filter(reversals__document__in=SETTLED.values("document"), payable__isnull=False)
    found = (some.values("document") for some in (owed, replacing, taking_back, taken_back))
    wanted = next(found).union(*found)
    return Document.objects.filter(pk__in=wanted).exclude(Exists(SETTLED.filter(document=OuterRef("pk"))))


def unreplaced() -> QuerySet[Line]:
    """Lines of credit notes whose amounts stand on no other document yet: until they do, nothing is set off."""
    taking_back = Line.objects.filter(reverses__isnull=False, payable__isnull=False)
    return taking_back.exclude(Exists(LIVE.filter(payable=OuterRef("payable"))))
