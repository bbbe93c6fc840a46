"""Recomputing everything and comparing it with what is stored: each difference in a line."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from payouts.ledger import Booking
from payouts.models import (
    Account,
    Adjustment,
    Document,
    Entitlement,
    Entry,
    Line,
    Payable,
    PayrollLine,
    Posting,
    Series,
)
from payouts.selectors.parts import outstanding
from payouts.states import FROZEN, PayableState
from programmes.engine.assess import assess
from referrals.models import Case, Pin
from referrals.pipeline import Happened, stage_of
from referrals.selectors.timelines import live_facts, timelines

SLICE = 1000

Key = tuple[int, str, str, int, int | None, str]
Said = tuple[str, Decimal | None, object]


def differences() -> Iterator[str]:
    """Yield what does not agree in the organisation that was entered."""
    last = 0
    while True:
        ids = list(
            Case.objects.filter(pk__gt=last, shares_with=None).order_by("pk").values_list("pk", flat=True)[:SLICE]
        )
        if not ids:
            break
        last = ids[-1]
        yield from _cases(ids)
    yield from _payables()
    yield from _documents()
    yield from _journal()


def _cases(ids: list[int]) -> Iterator[str]:
    """Facts against stages, and assessments against entitlements; cases that wait to be assessed are left to that."""
    today = timezone.localdate()
    lines, expected = timelines(ids), {case_id: dict[Key, Said]() for case_id in ids}
    for pin in Pin.objects.filter(case_id__in=ids).select_related("version"):
        for one in assess(pin.version.rule_set, lines[pin.case_id], today).entitlements:
            number = 0 if one.revenue else one.instalment
            key = (pin.version_id, one.reward, one.placement, number, one.revenue, one.to)
            expected[pin.case_id][key] = (str(one.state), one.amount, one.due_on)
    stored = {case_id: dict[Key, Said]() for case_id in ids}
    for row in Entitlement.objects.filter(case_id__in=ids):
        key = (row.version_id, row.reward, row.placement, row.instalment, row.revenue_id, row.party)
        stored[row.case_id][key] = (row.state, row.amount, row.due_on)
    happened: dict[int, list[Happened]] = {case_id: [] for case_id in ids}
    for case_id, kind, placement in live_facts(ids).values_list("case_id", "kind", "placement"):
        happened[case_id].append(Happened(kind, placement))
    for case in Case.objects.filter(pk__in=ids):
        stage = stage_of(happened[case.pk])
        if case.stage != stage:
            yield f"{case.reference}: stage is {case.stage}, its facts say {stage}"
        if case.next_check_on is None or case.next_check_on > today:
            for key in expected[case.pk].keys() | stored[case.pk].keys():
                if expected[case.pk].get(key) != stored[case.pk].get(key):
                    yield (
                        f"{case.reference}: {key[1]} {key[3]} {key[5]} is stored as {stored[case.pk].get(key)}, "
                        f"the rules say {expected[case.pk].get(key)}"
                    )


def _payables() -> Iterator[str]:
    """Approved amounts against what the cases say (unless an adjustment is open), the journal, and documents."""
    approved = list(Payable.objects.filter(state__in=FROZEN).select_related("entitlement__case"))
    left = outstanding({one.entitlement for one in approved}, (*FROZEN, PayableState.PROPOSED))
    waiting = set(Adjustment.objects.filter(settled_at=None).values_list("payable_id", flat=True))
    booked = set(Entry.objects.exclude(what=Booking.REVERSAL).values_list("payable_id", "what"))
    documents = dict(Line.objects.values_list("payable_id", "document_id"))
    on_payroll = set(PayrollLine.objects.values_list("payable_id", flat=True))
    paid_documents = set(Entry.objects.filter(what=Booking.PAID).values_list("document_id", flat=True))
    for one in approved:
        name = one.entitlement.case.reference
        if one.adjustment_id is None and left[one.entitlement_id, one.member_id] and one.pk not in waiting:
            yield f"{name}: approved {one.amount}, and no adjustment for the difference"
        if (one.pk, Booking.OWED) not in booked:
            yield f"{name}: {one.state}, but no journal entry “owed”"
        if one.state == PayableState.PAID:
            document = documents.get(one.pk)
            if document is None and one.pk not in on_payroll:
                yield f"{name}: paid without a document or a line for payroll"
            if document not in paid_documents if document else (one.pk, Booking.PAID) not in booked:
                yield f"{name}: paid, but no journal entry “paid”"


def _documents() -> Iterator[str]:
    """Numbers without gaps, sums of lines, VAT in the journal, pictures unchanged on the disk."""
    numbers: dict[int, list[int]] = defaultdict(list)
    sums = dict(Line.objects.values_list("document").annotate(total=Sum("amount")))
    vat = dict(Entry.objects.filter(what=Booking.INVOICED).values_list("document_id", "pk"))
    for one in Document.objects.order_by("series", "sequence"):
        numbers[one.series_id].append(one.sequence)
        if sums.get(one.pk) != one.net:
            yield f"{one.number}: its lines sum to {sums.get(one.pk)}, it says {one.net}"
        if bool(one.vat) != (one.pk in vat):
            yield f"{one.number}: VAT of {one.vat} and {'an' if one.pk in vat else 'no'} entry for it"
        if one.sha256 and _hash(one) != one.sha256:
            yield f"{one.number}: its PDF is not the one that was stored"
    for series in Series.objects.filter(documents__isnull=False).distinct():
        if numbers[series.pk] != list(range(1, series.last + 1)):
            yield f"series {series.name}: numbers are not 1 to {series.last}"


def _hash(document: Document) -> str:
    try:
        return hashlib.sha256(document.pdf.read()).hexdigest()
    except OSError:
        return ""


def _journal() -> Iterator[str]:
    """Entries sum to zero, and balances are the sums of their postings."""
    for entry in Entry.objects.annotate(total=Sum("postings__amount")).exclude(total=0):
        yield f"journal entry {entry.pk} sums to {entry.total}"
    sums = dict(Posting.objects.values_list("account").annotate(total=Sum("amount")))
    for account in Account.objects.all():
        if account.balance != sums.get(account.pk, 0):
            yield f"account {account.kind} {account.currency} {account.pk}: balance {account.balance}, postings {sums.get(account.pk, 0)}"
