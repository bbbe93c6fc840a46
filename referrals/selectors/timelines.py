"""The facts of cases, as the engine and the pipeline want them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from programmes.engine.facts import KINDS, read
from programmes.engine.timeline import Fact as EngineFact
from programmes.engine.timeline import Timeline
from referrals.models import Fact, Turnover

RETRACTION = "retraction"
REVENUE = "revenue"


def live_facts(case_ids: Iterable[int]) -> QuerySet[Fact]:
    """Return what stands of the cases' facts, in the order of their timelines."""
    retracted = Fact.objects.filter(retracts=OuterRef("pk"))
    found = Fact.objects.filter(case_id__in=list(case_ids)).exclude(kind=RETRACTION).exclude(Exists(retracted))
    return found.order_by("case_id", "on", "id")


def timelines(case_ids: Iterable[int], known_at: datetime | None = None) -> dict[int, Timeline]:
    """Return the timeline of each case, by its id; with `known_at`, as it was known at that moment.

    Of a month's turnover that was corrected it holds what is left of it, once, where it was said first: so that a correction
    changes what is owed of that month, and of what came after it under a cap. What a team says of one day stands in the order of
    its placements, whoever said it first: under a shared cap it is the same for each of them.
    """
    wanted = list(case_ids)
    facts: dict[int, list[EngineFact]] = defaultdict(list)
    found = live_facts(wanted) if known_at is None else _known(wanted, known_at)
    rows = list(found.values_list("case_id", "on", "kind", "placement", "values", "pk"))
    months = _months([row[-1] for row in rows if row[2] == REVENUE])
    if months:
        rows.sort(key=lambda row: (row[0], row[1], row[3] if row[2] == REVENUE else "", row[5]))
    first: dict[tuple[int, date], dict[str, Any]] = {}
    for case_id, on, kind, placement, values, pk in rows:
        said = read(KINDS[kind], values)
        if pk in months:
            earlier = first.setdefault(months[pk], said)
            if earlier is not said:
                earlier["amount"] += said["amount"]
                continue
        facts[case_id].append(EngineFact(on, kind, placement, said, pk))
    return {case_id: Timeline(facts[case_id]) for case_id in wanted}


def _months(facts: Sequence[int]) -> Mapping[int, tuple[int, date]]:
    """Return of which placement and month each fact is that says a turnover, by their ids."""
    if not facts:
        return {}
    told = Turnover.objects.filter(fact__in=facts).values_list("fact", "placement", "month")
    return {fact: (placement, month) for fact, placement, month in told}


def _known(case_ids: Iterable[int], at: datetime) -> QuerySet[Fact]:
    retracted = Fact.objects.filter(retracts=OuterRef("pk"), recorded_at__lte=at)
    found = Fact.objects.filter(case_id__in=list(case_ids), recorded_at__lte=at).exclude(kind=RETRACTION)
    return found.exclude(Exists(retracted)).order_by("case_id", "on", "id")
