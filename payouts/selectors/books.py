"""The books: entries, balances, what is old, VAT, and which months are closed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import gettext as _

from kernel.money import ZERO, rounded
from kernel.periods import last_day_of
from payouts.ledger import OF_MEMBERS, Account, Booking
from payouts.models import Account as AccountRow
from payouts.models import Batch, ClosedMonth, Document, Entry, Movement, Posting
from payouts.selectors.statements import open_sales
from payouts.selectors.unsettled import unsettled
from payouts.vat import STANDARD_RATE, VatCase

ABOUT_POINTS = (Booking.EARNED, Booking.REDEEMED, Booking.GIVEN_BACK, Booking.DIVIDED)
"""Entries about points, which are no money."""

SIDES = 20
"""How many sides of an entry are listed at most."""

AGES = (0, 30, 60, 90)
"""From how many days over its date on something belongs to a class of age; before, it is not old at all."""


def closed_until() -> date | None:
    """Return the last day of the last closed month; None while none is."""
    month: date | None = ClosedMonth.objects.aggregate(last=Max("month"))["last"]
    return month and last_day_of(month)


class Closable(NamedTuple):
    """A month that can be closed: its first day, how many entries it has, and what of it is open still: movements of the bank that
    were matched with nothing, and batches of which nobody said that they were executed.
    """

    first: date
    entries: int
    movements: int
    batches: int


def closable(today: date) -> list[Closable]:
    """Return the months that are over and not closed, from that of the first entry on, the oldest first."""
    until = closed_until()
    day: date | None = until + timedelta(1) if until else Entry.objects.aggregate(first=Min("on"))["first"]
    months = []
    while day and (first := day.replace(day=1)) < today.replace(day=1):
        months.append(first)
        day = last_day_of(first) + timedelta(1)
    if not months:
        return []
    entries = _by_month(Entry.objects.filter(on__gte=months[0]), "on")
    movements = _by_month(Movement.objects.filter(state=Movement.State.OPEN), "on")
    batches = _by_month(Batch.objects.filter(state=Batch.State.APPROVED), "execute_on")
    return [Closable(one, entries[one], movements[one], batches[one]) for one in months]


def _by_month(found: QuerySet[Any], day: str) -> Counter[date]:
    return Counter(dict(found.order_by().values_list(TruncMonth(day)).annotate(Count("pk"))))


def entries(*, account: str = "", member: int | None = None, month: date | None = None) -> QuerySet[Entry]:
    """Entries, the newest first."""
    found = Entry.objects.order_by("-on", "-pk")
    if account or member:
        wanted = Q(account__kind=account) if account else Q()
        wanted &= Q(account__member=member) if member else Q()
        found = found.filter(pk__in=Posting.objects.filter(wanted).values("entry"))
    if month:
        found = found.filter(on__gte=month, on__lte=last_day_of(month))
    return found.select_related(
        "payable__entitlement__case",
        "document",
        "payment",
        "receipt__document",
        "recorded_by",
        "entitlement__case",
        "redemption__item",
        "pot",
    )


def with_sides(found: QuerySet[Entry], *, member: int | None = None) -> QuerySet[Entry]:
    """The same entries with their `sides`: of those with a side for each of many members the first, one more than `SIDES`.

    With a member, theirs come before the others.
    """
    own_first = [Case(When(account__member=member, then=0), default=1)] if member else []
    sides = Posting.objects.select_related("account__member").order_by(*own_first, "pk")
    return found.prefetch_related(Prefetch("postings", sides[: SIDES + 1], to_attr="sides"))


def months() -> list[date]:
    """The months that have entries, the newest first."""
    return list(Entry.objects.dates("on", "month", order="DESC"))


def about(entry: Entry) -> str:
    """Return the document, case, payment or item of the catalogue that an entry is about."""
    if entry.document:
        return entry.document.number
    if entry.receipt:
        return entry.receipt.document.number
    if entry.payment:
        return entry.payment.text or entry.payment.end_to_end_id
    if entry.redemption:
        return entry.redemption.item.name
    if entry.pot:
        return _("Pot of %(year)s") % {"year": entry.pot.year}
    entitlement = entry.payable.entitlement if entry.payable else entry.entitlement
    assert entitlement is not None
    return entitlement.case.reference


def ledger_rows(month: date, codes: dict[str, str]) -> Iterator[list[object]]:
    """Yield a row for each posting of a month, as an accountant imports it: debit and credit apart.

    The head comes first, in the language in force.
    """
    yield [
        _("Entry"), _("Date"), _("What"), _("Document"), _("Account"), _("Member"), _("VAT code"), _("Debit"),
        _("Credit"), _("Currency"),
    ]  # fmt: skip
    money = entries(month=month).exclude(what__in=ABOUT_POINTS).prefetch_related("postings__account__member")
    for entry in money.reverse().iterator(chunk_size=1000):
        document = entry.document or (entry.receipt.document if entry.receipt else None)
        for posting in entry.postings.all():
            kind, amount = posting.account.kind, posting.amount
            yield [
                entry.pk,
                entry.on,
                entry.what,
                about(entry),
                codes.get(kind) or kind,
                posting.account.member.name if posting.account.member else "",
                vat_code(document) if document and entry.what in ("invoiced", "sold") else "",
                amount if amount > 0 else "",
                -amount if amount < 0 else "",
                posting.account.currency,
            ]


def vat_code(document: Document) -> str:
    """Return a document's VAT as accountants name it: the category, and the rate where there is one."""
    rate = document.vat_rate
    return document.vat_category + (f"{rate.normalize():f}" if rate else "")


class Balance(NamedTuple):
    """What an account, or all those of one kind, stands at."""

    kind: str
    currency: str
    amount: Decimal


def balances() -> list[Balance]:
    """Return the balance of each kind of account in each currency, in the order of the chart."""
    sums = AccountRow.objects.values_list("kind", "currency").annotate(amount=Sum("balance"))
    order = {kind.value: place for place, kind in enumerate(Account)}
    return sorted((Balance(*one) for one in sums), key=lambda one: (order[one.kind], one.currency))


def of_members() -> QuerySet[AccountRow]:
    """Accounts of members that do not stand at zero, by name."""
    kinds = [kind.value for kind in OF_MEMBERS]
    return (
        AccountRow.objects.filter(kind__in=kinds).exclude(balance=0).select_related("member").order_by("member__name")
    )


@dataclass
class Ageing:
    """What is open by how old it is: not due yet, then by the classes of `AGES`; and what goes the other way, as it was paid too much."""

    not_due: Decimal = ZERO
    too_much: Decimal = ZERO
    old: list[Decimal] = field(default_factory=lambda: [ZERO] * len(AGES))

    @property
    def total(self) -> Decimal:
        return self.not_due + sum(self.old, ZERO) + self.too_much


def ageing(today: date, currency: str) -> dict[str, Ageing]:
    """Return what we owe members on documents, and what they owe us, by how long over its date it is."""
    owed = unsettled().filter(currency=currency).values_list("pay_by", "total")
    claimed = open_sales().filter(currency=currency).values_list("pay_by", "left")
    return {"payable": _aged(owed, today), "receivable": _aged(claimed, today)}


def _aged(found: Iterable[tuple[date, Decimal]], today: date) -> Ageing:
    result = Ageing()
    for pay_by, amount in found:
        days = (today - pay_by).days
        if amount < 0:
            result.too_much += amount
        elif days <= 0:
            result.not_due += amount
        else:
            place = max(place for place, least in enumerate(AGES) if days > least)
            result.old[place] += amount
    return result


class VatRow(NamedTuple):
    """The documents of a quarter of one side, VAT case and rate: how many, their bases, their VAT."""

    is_sale: bool
    vat_case: str
    rate: Decimal | None
    documents: int
    base: Decimal
    vat: Decimal
    due_by_us: Decimal
    """What of reverse charge the organisation owes, and recovers if it may."""


def reverse_charged(document: Document) -> Decimal:
    """Return the VAT that the organisation owes itself on a member's invoice; nothing where it is not reversed."""
    if document.is_sale or document.vat_case != VatCase.REVERSE_CHARGE:
        return ZERO
    rate = STANDARD_RATE.get(document.customer.get("country", ""), ZERO)
    return rounded(document.net * rate / 100)


def quarters() -> list[tuple[int, int]]:
    """The quarters that have documents, the newest first, as (year, quarter)."""
    days = Document.objects.dates("issued_on", "month")
    return sorted({(day.year, (day.month - 1) // 3 + 1) for day in days}, reverse=True)


def vat_of(year: int, quarter: int) -> list[VatRow]:
    """Return what the documents of a quarter say of VAT; statements say nothing.

    Ours count by the day on which they were issued; what members sent by the day on which it was booked, whatever its own
    date: a quarter that was filed stays as it is.
    """
    first = date(year, quarter * 3 - 2, 1)
    last = last_day_of(date(year, quarter * 3, 1))
    booked = Entry.objects.filter(document=OuterRef("pk"), what=Booking.INVOICED).values("on")[:1]
    own = [Document.Kind.OWN_INVOICE, Document.Kind.OWN_CREDIT]
    counts_on = Case(
        When(kind__in=own, then=Coalesce(Subquery(booked), TruncDate("issued_at"))), default=F("issued_on")
    )
    found = Document.objects.annotate(counts_on=counts_on).filter(counts_on__range=(first, last))
    sums: dict[tuple[bool, str, Decimal | None], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO, ZERO])
    for one in found.exclude(kind=Document.Kind.STATEMENT):
        row = sums[one.is_sale, one.vat_case, one.vat_rate]
        row[0] += 1
        row[1] += one.net
        row[2] += one.vat
        row[3] += reverse_charged(one)
    rows = [VatRow(*key, int(count), *amounts) for key, (count, *amounts) in sums.items()]
    return sorted(rows, key=lambda row: (row.is_sale, row.vat_case))
