"""The facts of cases, as the engine and the pipeline want them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from programmes.engine.facts import KINDS, read
from programmes.engine.timeline import Fact as EngineFact
from programmes.engine.timeline import Timeline
from referrals.models import Fact

RETRACTION = "retraction"


def live_facts(case_ids: Iterable[int]) -> QuerySet[Fact]:
    """Return what stands of the cases' facts, in the order of their timelines."""
    retracted = Fact.objects.filter(retracts=OuterRef("pk"))
    found = Fact.objects.filter(case_id__in=list(case_ids)).exclude(kind=RETRACTION).exclude(Exists(retracted))
    return found.order_by("case_id", "on", "id")


def timelines(case_ids: Iterable[int], known_at: datetime | None = None) -> dict[int, Timeline]:
    """Return the timeline of each case, by its id; with `known_at`, as it was known at that moment."""
    wanted = list(case_ids)
    facts: dict[int, list[EngineFact]] = defaultdict(list)
    found = live_facts(wanted) if known_at is None else _known(wanted, known_at)
    rows = found.values_list("case_id", "on", "kind", "placement", "values", "pk")
    for case_id, on, kind, placement, values, pk in rows:
        facts[case_id].append(EngineFact(on, kind, placement, read(KINDS[kind], values), pk))
    return {case_id: Timeline(facts[case_id]) for case_id in wanted}


def _known(case_ids: Iterable[int], at: datetime) -> QuerySet[Fact]:
    retracted = Fact.objects.filter(retracts=OuterRef("pk"), recorded_at__lte=at)
    found = Fact.objects.filter(case_id__in=list(case_ids), recorded_at__lte=at).exclude(kind=RETRACTION)
    return found.exclude(Exists(retracted)).order_by("case_id", "on", "id")
