"""Running real cases under a draft, in slices, by the worker. It reads, and writes nothing but its own result."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Member
from payouts.models import Replay
from payouts.replay import Comparison
from programmes.engine.assess import assess
from programmes.engine.assessment import Entitlement
from programmes.engine.rules import RuleSet
from programmes.engine.timeline import Timeline
from programmes.models import Draft, Version
from referrals.models import Case, Fact, Pin
from referrals.selectors.timelines import timelines

REPLAY = "replay"
SLICE = 500
ABANDONED = timedelta(seconds=90)
"""Without a sign of life for so long, a run is somebody else's to take over."""


def ask(*, draft: Draft, since: date, until: date, by: Member, at: datetime) -> Replay:
    """Have a draft replayed over the cases handed in in a period, or what fell due in it; Refused while it has mistakes."""
    rules = RuleSet.read(draft.document).document()
    replay = Replay.objects.create(draft=draft, rules=rules, since=since, until=until, asked_by=by, asked_at=at)
    work.add(replay.organisation_id, REPLAY)
    return replay


def replay_all(*, organisation_id: int) -> bool:
    """Run what was asked for; return whether all of it is done. Must run in no transaction."""
    with tenant(organisation_id):
        waiting = list(Replay.objects.filter(finished_at=None).order_by("pk").values_list("pk", flat=True))
    finished = [_run(organisation_id, pk) for pk in waiting]
    return all(finished)


def _run(organisation_id: int, pk: int) -> bool:
    with tenant(organisation_id):
        unheld = Q(looked_at=None) | Q(looked_at__lt=timezone.now() - ABANDONED)
        if not Replay.objects.filter(unheld, pk=pk, finished_at=None).update(looked_at=timezone.now(), done=0):
            return not Replay.objects.filter(pk=pk, finished_at=None).exists()
        replay = Replay.objects.select_related("draft").get(pk=pk)
        ids = list(_cases(replay).values_list("pk", flat=True))
        Replay.objects.filter(pk=pk).update(cases=len(ids))
    rules = RuleSet.read(replay.rules)
    comparison = Comparison((replay.since, replay.until) if runs_for_years(rules.case) else None)
    for start in range(0, len(ids), SLICE):
        with tenant(organisation_id):
            _compare(ids[start : start + SLICE], rules, replay, comparison)
            Replay.objects.filter(pk=pk).update(done=min(start + SLICE, len(ids)), looked_at=timezone.now())
    with tenant(organisation_id):
        Replay.objects.filter(pk=pk).update(result=comparison.document(), finished_at=timezone.now())
    return True


def runs_for_years(case_kind: str | None) -> bool:
    """Whether cases of a kind earn long after they were handed in: of those, what fell due in the period is replayed."""
    return case_kind == "opportunity"


def _cases(replay: Replay) -> QuerySet[Case]:
    since, until = replay.since, replay.until + timedelta(1)
    cases = Case.objects.filter(kind=replay.rules["case"], shares_with=None).order_by("pk")
    if runs_for_years(replay.rules["case"]):
        return cases.filter(Exists(Fact.objects.filter(case=OuterRef("pk"), on__gte=since, on__lt=until)))
    return cases.filter(submitted_at__gte=_midnight(since), submitted_at__lt=_midnight(until))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def _compare(ids: list[int], rules: RuleSet, replay: Replay, comparison: Comparison) -> None:
    today, lines = timezone.localdate(replay.asked_at), timelines(ids)
    pinned = versions_of(ids, replay.draft.programme_id)
    for case_id in ids:
        before = owed_under(pinned[case_id], lines[case_id], today)
        after = assess(rules, lines[case_id], today).entitlements
        comparison.add(case_id, before, after, is_placed=bool(lines[case_id].since))


def versions_of(case_ids: Iterable[int], programme_id: int | None) -> dict[int, list[Version]]:
    """Return the versions under which each case runs: of a programme, or of all of them when the draft's is new."""
    pins = Pin.objects.filter(case__in=list(case_ids)).order_by("pk")
    if programme_id:
        pins = pins.filter(version__programme=programme_id)
    pairs = list(pins.values_list("case_id", "version_id"))
    versions = Version.objects.in_bulk({version_id for _case_id, version_id in pairs})
    found: dict[int, list[Version]] = defaultdict(list)
    for case_id, version_id in pairs:
        found[case_id].append(versions[version_id])
    return found


def owed_under(versions: Iterable[Version], line: Timeline, on: date) -> list[Entitlement]:
    """Return what all of these versions say of a case."""
    return [one for version in versions for one in assess(version.rule_set, line, on).entitlements]
