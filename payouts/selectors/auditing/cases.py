"""Cases recomputed: facts against stages, assessments against entitlements."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from payouts.models import Entitlement
from programmes.engine.assess import assess
from programmes.engine.assessment import LAPSED
from referrals.models import Case, Pin
from referrals.pipeline import Happened, stage_of
from referrals.selectors.timelines import live_facts, timelines

SLICE = 1000

Key = tuple[int, str, str, int, int | None, str]
Said = tuple[str, Decimal | None, object]
KEPT: Said = (str(LAPSED), None, None)
"""What the rules do not say any more, and was booked: it stays, lapsed."""


def cases() -> Iterator[str]:
    """Yield what does not agree about cases that lead, in slices."""
    last = 0
    while True:
        found = Case.objects.filter(pk__gt=last, shares_with=None).order_by("pk")
        ids = list(found.values_list("pk", flat=True)[:SLICE])
        if not ids:
            return
        last = ids[-1]
        yield from _cases(ids)


def _stored(ids: list[int], expected: dict[int, dict[Key, Said]]) -> dict[int, dict[Key, Said]]:
    """Return what is stored of cases, without what was only kept; a pot is divided, not assessed."""
    stored = {case_id: dict[Key, Said]() for case_id in ids}
    for row in Entitlement.objects.filter(case_id__in=ids, member=None):
        key = (row.version_id, row.reward, row.placement, row.instalment, row.revenue_id, row.party)
        said: Said = (row.state, row.amount, row.due_on)
        if said != KEPT or key in expected[row.case_id]:
            stored[row.case_id][key] = said
    return stored


def _cases(ids: list[int]) -> Iterator[str]:
    """Facts against stages, and assessments against entitlements; cases that wait to be assessed are left to that."""
    today = timezone.localdate()
    lines, expected = timelines(ids), {case_id: dict[Key, Said]() for case_id in ids}
    for pin in Pin.objects.filter(case_id__in=ids).select_related("version"):
        for one in assess(pin.version.rule_set, lines[pin.case_id], today).entitlements:
            number = 0 if one.revenue else one.instalment
            key = (pin.version_id, one.reward, one.placement, number, one.revenue, one.to)
            expected[pin.case_id][key] = (str(one.state), one.amount, one.due_on)
    stored = _stored(ids, expected)
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
