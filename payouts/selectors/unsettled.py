"""Documents that no payment settled yet."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

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


def is_replacing(document: Document) -> bool:
    """Whether something on a document stood on another that was paid, and taken back."""
    stood = {"payable__lines__reversals__isnull": False, "payable__lines__document__in": SETTLED.values("document")}
    return Line.objects.filter(document=document, reverses=None, **stood).exists()


class Knot(NamedTuple):
    """A credit note of something paid, by its id, with the documents that replace it; and whether some are still missing."""

    documents: frozenset[int]
    is_missing: bool


def knots(documents: Collection[int]) -> list[Knot]:
    """Return the credit notes among some documents, each with what replaces it. All of a knot is settled together.

    Part of it alone would pay an amount twice, or claim it back although it is owed.
    """
    amounts: dict[int, set[int]] = defaultdict(set)
    taking_back = Line.objects.filter(document__in=documents, reverses__isnull=False, payable__isnull=False)
    for note, payable in taking_back.values_list("document", "payable"):
        amounts[note].add(payable)
    wanted = [payable for those in amounts.values() for payable in those]
    standing = dict(LIVE.filter(payable__in=wanted).values_list("payable", "document"))
    settled = set(SETTLED.filter(document__in=standing.values()).values_list("document", flat=True))
    found = []
    for note, those in amounts.items():
        replacing = {standing.get(payable, 0) for payable in those} - settled
        found.append(Knot(frozenset({note, *replacing} - {0}), not replacing <= set(documents)))
    return found
