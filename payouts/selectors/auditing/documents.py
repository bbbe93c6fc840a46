"""Documents: numbers without gaps, sums, VAT in the journal, UBL and pictures unchanged and of one mind."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from payouts.ledger import Booking
from payouts.models import CreditOrder, Document, Entry, Line, Series, Ubl
from payouts.selectors.books import reverse_charged
from payouts.ubl.invoice import Kind
from payouts.ubl.reading import read

WITHOUT_UBL = (Document.Kind.STATEMENT, Document.Kind.OWN_INVOICE, Document.Kind.OWN_CREDIT)


def documents() -> Iterator[str]:
    """Yield what does not agree about documents."""
    numbers: dict[int, list[int]] = defaultdict(list)
    sums = dict(Line.objects.values_list("document").annotate(total=Sum("amount")))
    booked = set(Entry.objects.filter(document__isnull=False).values_list("document_id", "what"))
    for one in Document.objects.order_by("series", "sequence").iterator(chunk_size=500):
        if one.series_id and one.sequence:
            numbers[one.series_id].append(one.sequence)
        if sums.get(one.pk) != one.net:
            yield f"{one.number}: its lines sum to {sums.get(one.pk)}, it says {one.net}"
        yield from _entries(one, booked)
        if one.emptied_at:
            continue
        if not one.sha256 and not one.next_try_at:
            yield f"{one.number}: its picture was given up"
        if one.sha256 and _hash(one) != one.sha256:
            yield f"{one.number}: its PDF is not the one that was stored"
        yield from _ubl(one)
    for series in Series.objects.filter(documents__isnull=False).distinct():
        if numbers[series.pk] != list(range(1, series.last + 1)):
            yield f"series {series.name}: numbers are not 1 to {series.last}"
    yield from _credited_in_part()


def _entries(one: Document, booked: set[tuple[int, str]]) -> Iterator[str]:
    if one.is_sale:
        if (one.pk, Booking.SOLD) not in booked:
            yield f"{one.number}: no journal entry “sold”"
    elif bool(one.vat or reverse_charged(one)) != ((one.pk, Booking.INVOICED) in booked) and not one.emptied_at:
        yield f"{one.number}: VAT of {one.vat} and {'no' if one.vat else 'an'} entry for it"


def _ubl(one: Document) -> Iterator[str]:
    """The UBL is the one that was issued, and says what the row says."""
    stored = Ubl.objects.filter(document=one).first()
    if stored is None:
        if one.kind not in WITHOUT_UBL:
            yield f"{one.number}: it has no UBL"
        return
    content = bytes(stored.content)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        yield f"{one.number}: its UBL is not the one that was stored"
        return
    paper = read(content)
    sign = -1 if paper.kind is Kind.CREDIT_NOTE else 1
    said = (paper.number, paper.issued_on, sign * paper.net, sign * paper.vat, sign * paper.total, paper.currency)
    if said != (one.number, one.issued_on, one.net, one.vat, one.total, one.currency):
        yield f"{one.number}: its UBL says something else"


def _credited_in_part() -> Iterator[str]:
    """A document that was taken back, was taken back as a whole."""
    for order in CreditOrder.objects.select_related("document"):
        lines = order.document.lines.filter(reverses=None)
        count = lines.exclude(reversals=None).count()
        if count not in (0, lines.count()):
            yield f"{order.document.number}: only a part of it was taken back"


def _hash(document: Document) -> str:
    try:
        with document.pdf.open() as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""
