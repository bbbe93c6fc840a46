"""What waits for its document: approved amounts, charges, documents to be taken back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from members.models import Member
from payouts.models import Charge, Claim, CreditOrder, Document, DocumentAnswer, Line, Payable, Payee, PayoutSettings
from payouts.states import PayableState

LIVE = Line.objects.filter(reverses=None, reversals=None)
"""Lines that stand: they take nothing back, and were not taken back."""
CONTESTS = DocumentAnswer.objects.filter(accepted=False, settled_at=None)
"""Contests that nobody settled: what they are about is not paid."""

MOST_NAMED = 20


def payables() -> QuerySet[Payable]:
    """Approved amounts that stand on no document and go with no wages, the oldest first; paid ones whose document was credited.

    What a member's own invoice claims waits for finance. One whose document was credited waits until its payee looked at
    their details again: the next would be wrong too.
    """
    credited = Line.objects.filter(payable=OuterRef("pk"), reverses__isnull=False)
    confirmed = Payee.objects.filter(
        member=OuterRef("payable__member"), confirmed_at__gt=OuterRef("document__issued_at")
    )
    wanted = Q(state=PayableState.APPROVED) | Q(state=PayableState.PAID) & Exists(credited)
    found = Payable.objects.filter(wanted, payroll_lines=None)
    found = found.exclude(Exists(Claim.objects.filter(payable=OuterRef("pk"), stands=True)))
    found = found.exclude(Exists(LIVE.filter(payable=OuterRef("pk"))))
    return found.exclude(Exists(credited.exclude(Exists(confirmed)))).order_by("approved_at", "pk")


def groups(settings: PayoutSettings, today: date) -> list[list[int]]:
    """Return the amounts, by their ids, that go on a document together now.

    With a document each month, that is all of a member's approved before this month; earlier, where the promised day
    would pass otherwise. What corrects something goes alone: its document names the one that it corrects.
    """
    if settings.period == PayoutSettings.Period.EACH:
        return [[pk] for pk in payables().values_list("pk", flat=True)]
    alone = payables().filter(Q(adjustment__isnull=False) | Q(amount__lt=0))
    by_member: dict[int, list[int]] = defaultdict(list)
    ripe = set()
    ordinary = payables().filter(adjustment=None, amount__gt=0)
    for member, pk, approved_at, promised in ordinary.values_list("member", "pk", "approved_at", "pay_by"):
        by_member[member].append(pk)
        if approved_at and _is_time(approved_at, promised, today):
            ripe.add(member)
    return [[pk] for pk in alone.values_list("pk", flat=True)] + [
        by_member[member] for member in by_member if member in ripe
    ]


def _is_time(approved_at: datetime, promised: date | None, today: date) -> bool:
    is_of_before = timezone.localdate(approved_at) < today.replace(day=1)
    return is_of_before or bool(promised and promised < next_month(today))


def charges() -> QuerySet[Charge]:
    """Charges that never stood on an invoice, the oldest first: what a credit note took back is not charged again by itself."""
    return Charge.objects.filter(lines=None).order_by("raised_at", "pk")


def to_invoice(settings: PayoutSettings, today: date) -> QuerySet[Charge]:
    """Charges that go on an invoice now; remittances once a month, if the organisation wants it so."""
    found = charges().filter(amount__gt=0)
    if settings.remittance_period == PayoutSettings.Period.EACH:
        return found
    return found.exclude(kind=Charge.Kind.REMITTANCE, raised_at__gte=month_start(today))


@dataclass(frozen=True)
class ToBeInvoiced:
    """What members were charged in one currency and was not invoiced yet, and from which day on it is: of those whose details
    are known, or of those whose are not."""

    currency: str
    amount: Decimal
    count: int
    from_day: date
    without_details: list[Member]
    """Members for whose details it waits, the first of them by name; nobody, where all are known."""


def to_be_invoiced(settings: PayoutSettings, today: date) -> list[ToBeInvoiced]:
    """Return what is still to be invoiced to members, by currency and by the day on which it can be."""
    waiting = charges().filter(amount__gt=0).order_by()
    now = to_invoice(settings, today).order_by()
    later = waiting.exclude(pk__in=now.values("pk"))
    found = []
    for which, day in ((now, today), (later, next_month(today))):
        told = which.annotate(is_complete=Exists(Payee.objects.filter(member=OuterRef("member"))))
        sums = told.values("currency", "is_complete").annotate(amount=Sum("amount"), count=Count("pk"))
        for row in sums.order_by("currency", "-is_complete"):
            own = told.filter(currency=row["currency"], is_complete=False)
            names = Member.objects.filter(pk__in=own.values("member")).order_by("name", "pk")[:MOST_NAMED]
            without = [] if row["is_complete"] else list(names)
            found.append(ToBeInvoiced(row["currency"], row["amount"], row["count"], day, without))
    return found


def invoiced_from(charge: Charge, settings: PayoutSettings, today: date) -> date:
    """Return the day from which on a charge that waits can stand on an invoice."""
    is_now = settings.remittance_period == PayoutSettings.Period.EACH or charge.kind != Charge.Kind.REMITTANCE
    return today if is_now or charge.raised_at < month_start(today) else next_month(today)


def to_give_back() -> QuerySet[Charge]:
    """Remittances that are given back, by a credit note."""
    return charges().filter(amount__lt=0)


def next_month(today: date) -> date:
    """Return the first day of the month after a day's."""
    return (today.replace(day=1) + timedelta(32)).replace(day=1)


def month_start(today: date) -> datetime:
    """Return the moment at which a day's month began."""
    return timezone.make_aware(datetime.combine(today.replace(day=1), time.min))


def credit_orders() -> QuerySet[CreditOrder]:
    """Documents to be credited whose credit note was not made out yet."""
    made = Document.objects.filter(credits=OuterRef("document"), lines__reverses__isnull=False)
    return CreditOrder.objects.exclude(Exists(made)).order_by("ordered_at", "pk")
