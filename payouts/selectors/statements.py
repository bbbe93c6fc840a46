"""Bank statements as finance works on them: what is open, and what it may be about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Lower

from kernel.money import ZERO
from payouts.models import Charge, Document, Movement, Payment, Receipt, Statement
from payouts.selectors.ready import Ready
from referrals.models import Joining
from referrals.selectors import joinings

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Left(TypedDict):
        """What is still to be paid of a sale; below zero, to be given back."""

        left: Decimal

    UnpaidSale = WithAnnotations[Document, Left]

MOST_SUGGESTED, MOST_ALIKE = 5, 1000


@dataclass(frozen=True)
class Open:
    """A movement that nothing was matched with, and what it may be about: payments that went, invoices that it pays, what
    members pay back."""

    movement: Movement
    payments: tuple[Payment, ...]
    documents: tuple[Document, ...]
    paid_back: tuple[Ready, ...]


def statements() -> QuerySet[Statement]:
    """Every statement, the newest first, with how many movements it has and how many are open."""
    is_open = Q(movements__state=Movement.State.OPEN)
    counted = Statement.objects.annotate(count=Count("movements"), left=Count("movements", filter=is_open))
    return counted.select_related("imported_by").order_by("-imported_at", "-pk")


def movements_of(statement: Statement) -> QuerySet[Movement]:
    """What a statement told of, as it stands on it, with what each settled."""
    live = Receipt.objects.filter(takes_back=None, taken_back_by=None).select_related("document").order_by("pk")
    found = statement.movements.select_related("settled_by", "payment__batch").order_by("on", "pk")
    return found.prefetch_related(Prefetch("receipts", live, to_attr="live"))


def gap_before(statement: Statement) -> Statement | None:
    """Return the statement after which one is missing: that ended last, and with another balance than this one begins with.

    Nothing is missing before one of whose first days another tells as well: some banks send days, and then the month.
    """
    first, last = statement.first_on, statement.last_on
    if not first or statement.opened is None:
        return None
    others = Statement.objects.exclude(pk=statement.pk)
    longer = Q(first_on__lte=first, last_on__gte=last) & ~Q(first_on=first, last_on=last)
    if others.filter(longer | Q(first_on__lt=first, last_on__gt=first)).exists():
        return None
    ended = others.filter(last_on__lte=first, closed__isnull=False)
    newest_first = ended.order_by("-last_on", "-pk")
    day_before = newest_first.filter(first_on__lt=first).first()
    recent = ended.filter(last_on__gte=day_before.last_on) if day_before else ended
    if recent.filter(closed=statement.opened).exists():
        return None
    return newest_first.filter(Q(first_on__lt=first) | Q(first_on=first, pk__lt=statement.pk)).first()


def live_receipts(movement: Movement) -> QuerySet[Receipt]:
    """What a movement pays of invoices; not what was taken back."""
    return Receipt.objects.filter(movement=movement, takes_back=None, taken_back_by=None)


def can_be_taken_back(movement: Movement) -> bool:
    """Whether a movement was put aside, or pays invoices of which nothing followed that cannot be booked back."""
    if movement.state == Movement.State.IGNORED:
        return True
    receipts = live_receipts(movement)
    fees = Charge.objects.filter(kind=Charge.Kind.REGISTRATION, lines__document__in=receipts.values("document"))
    of_fees = Joining.objects.filter(member__in=fees.values("member"))
    brought_coins = of_fees.exclude(pk__in=joinings.not_noted().values("pk"))
    return receipts.exists() and not brought_coins.exists()


def every_sale() -> "QuerySet[UnpaidSale]":
    """Sales invoices, with what is `left` of them to be paid, the oldest first."""
    received = Receipt.objects.filter(document=OuterRef("pk")).values("document").annotate(sum=Sum("amount"))
    credited = Document.objects.filter(credits=OuterRef("pk")).values("credits").annotate(sum=Sum("total"))
    sales = Document.objects.filter(kind=Document.Kind.SALE).annotate(
        left=F("total")
        - Coalesce(Subquery(received.values("sum")), ZERO)
        + Coalesce(Subquery(credited.values("sum")), ZERO)
    )
    return sales.select_related("member").order_by("pay_by", "pk")


def left_of(documents: Iterable[Document]) -> dict[int, Decimal]:
    """Return what is left to be paid of those documents that are sales invoices, by their ids."""
    return dict(every_sale().filter(pk__in=[one.pk for one in documents]).values_list("pk", "left"))


def received_of(documents: Iterable[int]) -> dict[int, Decimal]:
    """Return what was received of sales invoices, by their ids."""
    found = Receipt.objects.filter(document__in=list(documents)).values_list("document")
    return dict(found.annotate(sum=Sum("amount")))


def open_sales() -> "QuerySet[UnpaidSale]":
    """Sales invoices of which something is left to be paid, or to be given back, with `left`, the oldest first."""
    return every_sale().exclude(left=ZERO)


def too_much_paid(member: int, currency: str) -> Decimal:
    """Return what a member paid too much of all their sales invoices together, and counts for the next one."""
    left = open_sales().filter(member=member, currency=currency).aggregate(sum=Sum("left"))["sum"]
    return max(-(left or ZERO), ZERO)


def settled_sales() -> "QuerySet[UnpaidSale]":
    """Sales invoices of which nothing is left to be paid, the newest first: members pay twice at times, or get something back."""
    return every_sale().filter(left=ZERO).order_by("-pk")


def unpaid_sales() -> "QuerySet[UnpaidSale]":
    """Sales invoices of which something is left to be paid, with `left`, the oldest first."""
    return open_sales().filter(left__gt=ZERO)


def overpaid_sales() -> "QuerySet[UnpaidSale]":
    """Sales invoices of which members paid too much, or that were taken back, with `left` below zero, the oldest first."""
    return open_sales().filter(left__lt=ZERO)


def to_match(movements: Iterable[Movement], left_over: Iterable[Ready]) -> list[Open]:
    """Return open movements with what each may be about, given what members are to pay back: a fixed number of queries."""
    found = list(movements)
    planned = Payment.objects.filter(state=Payment.State.PLANNED, amount__in=[-one.amount for one in found])
    by_amount: dict[Decimal, list[Payment]] = defaultdict(list)
    for payment in planned.select_related("member").order_by("pk"):
        by_amount[-payment.amount].append(payment)
    to_pay_back: dict[Decimal, list[Ready]] = defaultdict(list)
    for row in left_over:
        to_pay_back[-row.amount].append(row)
    sales = _alike(found)
    return [
        Open(
            one,
            tuple(by_amount[one.amount][:MOST_SUGGESTED]),
            tuple(_suggested(one, sales)[:MOST_SUGGESTED]),
            tuple(to_pay_back[one.amount][:MOST_SUGGESTED]),
        )
        for one in found
    ]


def _alike(movements: "Sequence[Movement]") -> "list[UnpaidSale]":
    """Return open invoices that any of some movements may be about: of the amount of one, or named in one, or its customer is."""
    said = Value("\n".join(f"{one.text}\n{one.name}" for one in movements).lower(), output_field=TextField())
    named = Q(said__contains=Lower("number")) | Q(said__contains=F("customer_name"), customer_name__gt="")
    told = open_sales().annotate(said=said, customer_name=Lower(KT("customer__name")))
    return list(told.filter(named | Q(left__in={one.amount for one in movements}))[:MOST_ALIKE])


def _suggested(movement: Movement, sales: "Sequence[UnpaidSale]") -> "list[UnpaidSale]":
    """Return invoices that a movement may pay, or give back: named in its text, by who pays it, or of the same amount."""
    text, name = movement.text.lower(), movement.name.lower()

    def likeness(document: "UnpaidSale") -> int:
        customer = document.customer.get("name", "").lower()
        return (
            4 * (document.number.lower() in text)
            + 2 * (bool(customer) and customer in name)
            + (document.left == movement.amount)
        )

    found = [one for one in sales if (one.left > 0) == (movement.amount > 0) and likeness(one)]
    return sorted(found, key=likeness, reverse=True)
