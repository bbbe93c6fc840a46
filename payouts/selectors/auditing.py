"""Recomputing everything and comparing it with what is stored: each difference in a line."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Sum
from django.utils import timezone

from payouts.models import Account, Entitlement, Entry, Payable, Posting
from payouts.states import PayableState
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
        ids = list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SLICE])
        if not ids:
            break
        last = ids[-1]
        yield from _cases(ids)
    yield from _payables()
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
    """Approved amounts against entitlements (unless an adjustment says so) and against the journal."""
    approved = Payable.objects.filter(state__in=[PayableState.APPROVED, PayableState.PAID])
    differing = approved.exclude(amount=F("entitlement__amount"), entitlement__state="due").exclude(adjustments__gt=0)
    for payable in differing.select_related("entitlement__case"):
        yield f"{payable.entitlement.case.reference}: approved {payable.amount}, and no adjustment for the difference"
    wanted = {(PayableState.APPROVED, "owed"), (PayableState.PAID, "owed"), (PayableState.PAID, "paid")}
    booked = set(Entry.objects.exclude(what="reversal").values_list("payable_id", "what"))
    for payable in approved.select_related("entitlement__case"):
        for state, what in wanted:
            if payable.state == state and (payable.pk, what) not in booked:
                yield f"{payable.entitlement.case.reference}: {payable.state}, but no journal entry “{what}”"


def _journal() -> Iterator[str]:
    """Entries sum to zero, and balances are the sums of their postings."""
    for entry in Entry.objects.annotate(total=Sum("postings__amount")).exclude(total=0):
        yield f"journal entry {entry.pk} sums to {entry.total}"
    sums = dict(Posting.objects.values_list("account").annotate(total=Sum("amount")))
    for account in Account.objects.all():
        if account.balance != sums.get(account.pk, 0):
            yield f"account {account.kind} {account.currency} {account.pk}: balance {account.balance}, postings {sums.get(account.pk, 0)}"
