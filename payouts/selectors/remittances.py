"""Remittances: what performers owe of their turnover, what of that stands on invoices, and what was paid of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from kernel.money import ZERO, rounded
from payouts.models import Charge, Document, Entitlement, Line, Receipt
from referrals.models import Case, Placement


class Owed(NamedTuple):
    """What follows from a turnover: who owes it, and how much in all, to every party."""

    performer: int
    amount: Decimal


class Until(NamedTuple):
    """How much was paid until the end of a year and not given back since, and on which day of it the last came."""

    on: date
    paid: Decimal


class Paid(NamedTuple):
    """How much of a turnover's remittance was invoiced, and paid, without VAT; and until the end of each year in which it was."""

    invoiced: Decimal
    paid: Decimal
    by_year: Mapping[int, Until]

    @property
    def last_on(self) -> date | None:
        return max((one.on for one in self.by_year.values()), default=None)


NOTHING_PAID = Paid(ZERO, ZERO, {})


def entitlements(case_ids: Collection[int]) -> list[Entitlement]:
    """Return what performers owe in cases, due or not, in the order of their turnover."""
    found = Entitlement.objects.filter(case__in=case_ids, owed_by="performer", revenue__isnull=False)
    # Several are of one turnover, and nearly all of one version, which holds a whole rule set: each is fetched once.
    return list(found.prefetch_related("case", "revenue", "version__programme").order_by("revenue", "pk"))


def owed(found: Iterable[Entitlement]) -> dict[int, Owed]:
    """Return what is due of each turnover, by its fact, where a member performs."""
    found = list(found)
    performers = performers_of({one.case_id for one in found})
    sums: dict[int, Decimal] = defaultdict(Decimal)
    who: dict[int, int] = {}
    for one in found:
        performer = performers.get((one.case_id, one.placement))
        if performer is None or one.revenue_id is None:
            continue
        who[one.revenue_id] = performer
        sums[one.revenue_id] += (one.amount or ZERO) if one.state == "due" else ZERO
    return {revenue: Owed(who[revenue], amount) for revenue, amount in sums.items()}


def performers_of(case_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Return who does the work of each placement, by case and key."""
    found = Placement.objects.filter(case__in=case_ids, performer__isnull=False)
    return {(case, key): performer for case, key, performer in found.values_list("case", "key", "performer")}


def charged(case_ids: Collection[int]) -> dict[int, Charge]:
    """Return a charge of each turnover of cases for which there was any, by its fact, with its words."""
    found = Charge.objects.filter(revenue__case__in=case_ids).order_by("-pk")
    return {one.revenue_id: one for one in found if one.revenue_id}


def waiting(revenues: Iterable[int]) -> dict[int, Charge]:
    """Return the charges of turnovers, by their facts, that stand on no document yet."""
    found = Charge.objects.filter(revenue__in=list(revenues), lines=None)
    return {one.revenue_id: one for one in found if one.revenue_id}


def paid(revenues: Iterable[int]) -> dict[int, Paid]:
    """Return what was invoiced and paid of each turnover's remittance, by its fact: a fixed number of queries.

    Of an invoice that was paid in part, each line was paid in the same part; a credit note follows its invoice.
    """
    lines = list(
        Line.objects.filter(charge__revenue__in=list(revenues)).values_list(
            "charge__revenue", "amount", "document", "document__credits"
        )
    )
    parts = _parts_paid({invoice or document for _, _, document, invoice in lines})
    of_revenue: dict[int, list[tuple[Decimal, _Part]]] = defaultdict(list)
    for revenue, amount, document, invoice in lines:
        of_revenue[revenue].append((amount, parts[invoice or document]))
    return {revenue: _paid(found) for revenue, found in of_revenue.items()}


def _paid(lines: list[tuple[Decimal, "_Part"]]) -> Paid:
    """Add up what was paid of lines, each in the part that was paid of its invoice."""
    years = {year for _, part in lines for year in part.by_year}
    by_year = {
        year: Until(
            max(part.by_year[year].on for _, part in lines if year in part.by_year),
            sum((amount * part.until(year) for amount, part in lines), ZERO),
        )
        for year in years
    }
    invoiced = sum((amount for amount, _ in lines), ZERO)
    return Paid(invoiced, sum((amount * part.part for amount, part in lines), ZERO), by_year)


def released(one: Entitlement, owed: Mapping[int, Owed], paid: Mapping[int, Paid]) -> Decimal:
    """Return what of a party's part can be paid on: all of it when all was paid, else in the same proportion; at least what was
    promised at once, as far as it is owed still.
    """
    known = owed.get(one.revenue_id or 0)
    if one.state != "due" or one.amount is None or known is None or not known.amount:
        return ZERO
    part = min(paid.get(one.revenue_id or 0, NOTHING_PAID).paid / known.amount, Decimal(1))
    paid_on = rounded(one.amount * max(part, ZERO))
    if not one.promised or (one.promised > 0) != (one.amount > 0):
        return paid_on
    kept = min(abs(one.promised), abs(one.amount))
    return max(abs(paid_on), kept).copy_sign(one.amount)


def remitted_on(documents: Collection[int], members: Collection[int] = ()) -> QuerySet[Case]:
    """Return the cases whose remittances stand on documents, by their ids, or on any of some members."""
    of_them = Q(document__in=documents) | Q(document__member__in=members)
    lines = Line.objects.filter(of_them, charge__revenue__isnull=False)
    return Case.objects.filter(pk__in=lines.values("charge__revenue__case"))


def invoices_of(charge: Charge) -> list[tuple[Document, Decimal]]:
    """Return the invoices on which remittances of a charge's case and member stand, with what is left of those: first what its own
    month stands on, then the newest.
    """
    assert charge.revenue is not None
    same = Line.objects.filter(charge__revenue__case=charge.revenue.case_id, charge__member=charge.member_id)
    left: dict[int, Decimal] = defaultdict(Decimal)
    own: dict[int, Decimal] = defaultdict(Decimal)
    for amount, document, invoice, revenue in same.values_list(
        "amount", "document", "document__credits", "charge__revenue"
    ):
        left[invoice or document] += amount
        own[invoice or document] += amount if revenue == charge.revenue_id else ZERO
    found = Document.objects.filter(pk__in=[pk for pk, amount in left.items() if amount > 0])
    related = found.select_related("member__user", "series").order_by("-pk")
    ordered = sorted(related, key=lambda one: own[one.pk] <= 0)  # stable: the newest first among equals
    return [(document, left[document.pk]) for document in ordered]


class _Part(NamedTuple):
    """Which part of an invoice was paid, 0 to 1; and until the end of each year in which it was, `Until.paid` being a part too."""

    part: Decimal
    by_year: Mapping[int, Until]

    def until(self, year: int) -> Decimal:
        """Return the part that was paid until the end of a year."""
        return next((self.by_year[one].paid for one in sorted(self.by_year, reverse=True) if one <= year), ZERO)


def _parts_paid(documents: Collection[int]) -> dict[int, _Part]:
    """Return which part of each sales invoice was paid, of what is left of it after credit notes."""
    totals = dict(Document.objects.filter(pk__in=documents).values_list("pk", "total"))
    credited = dict(Document.objects.filter(credits__in=documents).values_list("credits").annotate(sum=Sum("total")))
    live = Receipt.objects.filter(document__in=documents, takes_back=None, taken_back_by=None)
    received: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for pk, on, amount in live.values_list("document", "on").annotate(sum=Sum("amount")).order_by("on"):
        received[pk].append((on, amount))
    return {pk: _part(total + credited.get(pk, ZERO), _until(received[pk])) for pk, total in totals.items()}


def _until(received: list[tuple[date, Decimal]]) -> dict[int, Until]:
    """Return what was received until the end of each year, given what came on which days, in their order."""
    by_year: dict[int, Until] = {}
    stands = sum((amount for _, amount in received), ZERO)
    least = stands
    for on, amount in reversed(received):
        if on.year not in by_year:
            by_year[on.year] = Until(on, least)
        stands -= amount
        least = min(least, stands)
    return by_year


def _part(left: Decimal, received: Mapping[int, Until]) -> _Part:
    """Return which part was paid of an invoice of which so much is left, given what was received of it until each year's end."""

    def part(paid: Decimal) -> Decimal:
        # of what nothing is left, what was paid before was paid
        return min(max(paid, ZERO) / left, Decimal(1)) if left > 0 else Decimal(1)

    by_year = {year: Until(one.on, part(one.paid)) for year, one in received.items()}
    return _Part(by_year[max(by_year)].paid if by_year else ZERO, by_year)
