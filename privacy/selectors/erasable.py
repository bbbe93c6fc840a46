"""Who and what can be erased or deleted, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kernel.periods import Period
from members.models import Member, Organisation
from payouts.models import Charge, Document, Entitlement, Payable, Payment, Redemption
from payouts.selectors import payables, pot, waiting
from payouts.selectors.assignments import assignments, of_everyone
from payouts.selectors.landed import Assignment
from payouts.selectors.statements import open_sales, unpaid_sales
from payouts.selectors.unsettled import unsettled
from payouts.states import PayableState
from programmes.engine.assessment import STILL_OPEN
from referrals.models import Note
from referrals.selectors import retention
from referrals.selectors.joinings import not_noted

if TYPE_CHECKING:
    from referrals.selectors.joinings import NotNoted

YEARS = {"BE": 10, "NL": 7}
"""How many years documents are kept, from 1 January after theirs."""
SOON = timedelta(30)
OPEN = (PayableState.PROPOSED, PayableState.APPROVED)


def obstacles(members: Collection[Member]) -> dict[int, str]:
    """Return, by member, why they cannot be erased, by a key of `wording.NOT_ERASED`; empty when they can.

    A fixed number of queries, whatever their number.
    """
    ids = [one.pk for one in members]
    owed = {
        *Payable.objects.filter(member__in=ids, state__in=OPEN).values_list("member", flat=True),
        *Payment.objects.filter(member__in=ids, state=Payment.State.PLANNED).values_list("member", flat=True),
        *_introducers(payables.to_propose().filter(member=None), ids),
        *unsettled().filter(member__in=ids).values_list("member", flat=True),
        *waiting.payables().filter(member__in=ids).values_list("member", flat=True),
        *payables.to_propose().filter(member__in=ids).values_list("member", flat=True),
        *_introducers(_still_to_be_paid_on(), ids),
        *pot.with_coins_to_come(ids),
    }
    owing = {
        *open_sales().filter(member__in=ids).values_list("member", flat=True),
        *waiting.charges().filter(member__in=ids).values_list("member", flat=True),
    }
    remitting = _remitting(ids)
    asked = Redemption.objects.filter(member__in=ids, state=Redemption.State.ASKED)
    running = {
        *_introducers(Entitlement.objects.filter(state=STILL_OPEN), ids),
        *asked.values_list("member", flat=True),
        *_fees_to_come().filter(case__introducer__in=ids).values_list("case__introducer", flat=True),
        *(one.placement.performer_id for one in remitting if one.placement.performer_id in ids),
        *(one.placement.case.introducer_id for one in remitting if not one.placement.case.for_organisation),
    }

    def why(one: Member) -> str:
        if one.erased_at:
            return "erased"
        if one.left_on is None:
            return "present"
        found = (("owed", owed), ("owes", owing), ("running", running))
        return next((word for word, those in found if one.pk in those), "")

    return {one.pk: why(one) for one in members}


def _still_to_be_paid_on() -> QuerySet[Entitlement]:
    """Introducers' parts of what performers owe and did not pay yet."""
    due = Entitlement.objects.filter(owed_by="performer", party="introducer", state="due", case__for_organisation=False)
    return due.exclude(amount=F("released"))


def _fees_to_come() -> "QuerySet[NotNoted]":
    """Return who was brought in and owes their registration fee still: it brings coins to who did once it is paid."""
    to_invoice = Q(kind=Charge.Kind.REGISTRATION, lines=None)
    fees = Charge.objects.filter(
        to_invoice | Q(kind=Charge.Kind.REGISTRATION, lines__document__in=unpaid_sales().values("pk"))
    )
    return not_noted().filter(until=None, member__in=fees.values("member"))


def _remitting(members: list[int]) -> list[Assignment]:
    """Return the assignments of some members, or by what they shared, of which something can still be remitted."""
    theirs = of_everyone().filter(Q(performer__in=members) | Q(case__introducer__in=members))
    return [one for one in assignments(theirs, timezone.localdate()) if one.is_running]


def _introducers(entitlements: QuerySet[Entitlement], members: list[int]) -> set[int]:
    """Return who of some members shares in one of these."""
    own = entitlements.filter(case__introducer__in=members).order_by().values_list("case__introducer", flat=True)
    joined = entitlements.filter(case__joined__introducer__in=members).order_by()
    return {*own, *joined.values_list("case__joined__introducer", flat=True)}


def members_due(organisation: Organisation, on: date) -> list[Member]:
    """Return members whose time is over on a day, and of whom nothing runs any more."""
    last = Period(-organisation.keep_members_months, 0).after(on)
    found = list(Member.objects.filter(left_on__lte=last, erased_at=None).select_related("user").order_by("pk"))
    why = obstacles(found)
    return [one for one in found if not why[one.pk]]


def documents_due(organisation: Organisation, on: date) -> QuerySet[Document]:
    """Documents that the law does not want kept any more on a day."""
    first = date(on.year - YEARS[organisation.country], 1, 1)
    return Document.objects.filter(issued_on__lt=first, emptied_at=None).order_by("pk")


def lead_texts_due(organisation: Organisation, on: date) -> QuerySet[Note]:
    """What was written about leads that ended so long ago; they can name people at the client."""
    last = Period(-organisation.keep_people_months, 0).after(on)
    return Note.objects.filter(case__kind="lead", case__is_over=True, case__stage_since__lte=last)


@dataclass(frozen=True)
class Outlook:
    """How many of what are deleted in the coming night, and in the thirty days from today altogether."""

    what: str
    tonight: int
    soon: int


def outlook(organisation: Organisation, on: date) -> list[Outlook]:
    """Say what an organisation's periods, and those of the law, are about to delete, by keys of `wording.DELETED`."""

    def of(day: date) -> dict[str, int]:
        return {
            "people": retention.people_due(organisation, day).count(),
            "cvs": retention.cvs_due(organisation, day).count(),
            "members": len(members_due(organisation, day)),
            "texts": lead_texts_due(organisation, day).count(),
            "documents": documents_due(organisation, day).count(),
        }

    tonight, soon = of(on), of(on + SOON)
    return [Outlook(what, tonight[what], soon[what]) for what in tonight]
