"""Assessing the cases that are due, and storing what they say as entitlements.

Cases are claimed with SKIP LOCKED, a batch in a transaction of its own: several workers share the work, and what one
leaves behind when it is killed is as if it had never been claimed. Storing is an upsert of what differs, so that
doing it twice is doing it once.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from payouts.models import Entitlement
from payouts.services import adjusting, points, remitting
from payouts.services.looking import ASSESS
from payouts.signals import fell_due
from programmes.engine.assess import assess
from programmes.engine.assessment import Assessment
from programmes.engine.timeline import Timeline
from programmes.models import Version
from referrals.models import Case, Pin
from referrals.selectors.timelines import timelines

BATCH = 500
CLAIM = """
    SELECT id FROM referrals_case WHERE next_check_on <= %s
    ORDER BY next_check_on, id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
"""
COLUMNS = (
    ("case_id", "bigint"), ("version_id", "bigint"), ("reward", "text"), ("placement", "text"),
    ("instalment", "int"), ("revenue_id", "bigint"), ("party", "text"), ("owed_by", "text"), ("state", "text"),
    ("amount", "numeric"), ("at_most", "numeric"), ("unit", "text"), ("due_on", "date"), ("learned_at", "timestamptz"),
    ("pay_by", "date"),
)  # fmt: skip
KEY = ("case_id", "version_id", "reward", "placement", "instalment", "revenue_id", "party")
SAID = ("owed_by", "state", "amount", "at_most", "unit", "due_on")
_NAMES = ", ".join(name for name, _ in COLUMNS)
_ARRAYS = ", ".join(f"%s::{kind}[]" for _, kind in COLUMNS)
# An entitlement that stays due keeps the moment at which we learned of it, and with it the promised day.
UPSERT = f"""
    INSERT INTO payouts_entitlement AS stored ({_NAMES})
    SELECT {_NAMES} FROM unnest({_ARRAYS}) AS new ({_NAMES})
    ON CONFLICT (organisation_id, {", ".join(KEY)}) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in SAID)},
        learned_at = CASE WHEN excluded.state = 'due' THEN COALESCE(stored.learned_at, excluded.learned_at) END,
        pay_by = CASE WHEN stored.learned_at IS NULL OR excluded.state <> 'due' THEN excluded.pay_by ELSE stored.pay_by END
    WHERE ({", ".join("stored." + name for name in SAID)}) IS DISTINCT FROM ({", ".join("excluded." + name for name in SAID)})
    RETURNING stored.id, stored.learned_at
"""  # noqa: S608 - made of names that stand above
BOOKED = """EXISTS (SELECT FROM payouts_payable WHERE entitlement_id = payouts_entitlement.id)
    OR EXISTS (SELECT FROM payouts_entry WHERE entitlement_id = payouts_entitlement.id)"""
# What the rules do not say any more lapses, so that what was approved or credited of it is corrected; else it goes.
GONE = f"""
    WITH gone AS (
        SELECT stored.id FROM payouts_entitlement AS stored WHERE stored.case_id = ANY (%s) AND stored.member_id IS NULL AND NOT EXISTS (
            SELECT FROM unnest({", ".join(f"%s::{dict(COLUMNS)[name]}[]" for name in KEY)}) AS new ({", ".join(KEY)})
            WHERE ({", ".join("new." + name for name in KEY)}) IS NOT DISTINCT FROM ({", ".join("stored." + name for name in KEY)}))
    ), lapsed AS (
        UPDATE payouts_entitlement SET state = 'lapsed', amount = NULL, at_most = NULL, due_on = NULL, learned_at = NULL, pay_by = NULL
        WHERE id IN (SELECT id FROM gone) AND ({BOOKED})
    )
    DELETE FROM payouts_entitlement WHERE id IN (SELECT id FROM gone) AND NOT ({BOOKED})
"""  # noqa: S608
NEXT = """
    UPDATE referrals_case SET next_check_on = new.day
    FROM unnest(%s::bigint[], %s::date[]) AS new (id, day) WHERE referrals_case.id = new.id
"""


def is_left(*, organisation_id: int, at: datetime) -> bool:
    """Whether a case is due still: one that somebody else held while its turn came."""
    with tenant(organisation_id):
        return Case.objects.filter(next_check_on__lte=timezone.localdate(at)).exists()


def assess_due(*, organisation_id: int, at: datetime, batch: int = BATCH) -> int:
    """Assess all of an organisation's cases that are due; return how many there were. Must run in no transaction."""
    total = 0
    while True:
        with tenant(organisation_id):
            count = _assess_batch(organisation_id, at, batch)
        total += count
        if count < batch:
            return total


def _assess_batch(organisation_id: int, at: datetime, batch: int) -> int:
    today = timezone.localdate(at)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [today, batch])
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return 0
    lines = timelines(ids)
    assessed: dict[int, list[tuple[Version, Assessment]]] = {case_id: [] for case_id in ids}
    for case_id, version in _pinned(ids):
        assessed[case_id].append((version, assess(version.rule_set, lines[case_id], today)))
    _store(ids, assessed, at)
    remitting.settle(case_ids=ids, at=at)
    adjusting.compare(case_ids=ids, at=at)
    points.credit(case_ids=ids, at=at)
    following = {case_id: _next(lines[case_id], found, today) if found else None for case_id, found in assessed.items()}
    _plan(organisation_id, following)
    return len(ids)


def _pinned(case_ids: Iterable[int]) -> Iterable[tuple[int, Version]]:
    # A case that was joined with another brings nothing itself: the one that leads does.
    pins = Pin.objects.filter(case_id__in=case_ids, case__shares_with=None).values_list("case_id", "version_id")
    pairs = list(pins.order_by("case_id", "pk"))
    versions = Version.objects.in_bulk({version_id for _, version_id in pairs})
    return ((case_id, versions[version_id]) for case_id, version_id in pairs)


def _store(case_ids: list[int], assessed: dict[int, list[tuple[Version, Assessment]]], at: datetime) -> None:
    rows = [row for case_id, found in assessed.items() for one in found for row in _rows(case_id, *one, at)]
    columns: dict[str, list[Any]] = {name: [] for name, _ in COLUMNS}
    for row in rows:
        for (name, _), value in zip(COLUMNS, row, strict=True):
            columns[name].append(value)
    with connection.cursor() as cursor:
        cursor.execute(GONE, [case_ids, *(columns[name] for name in KEY)])
        if rows:
            cursor.execute(UPSERT, list(columns.values()))
            learned = [row[0] for row in cursor.fetchall() if row[1] == at]
            if learned:
                fell_due.send(Entitlement, entitlements=learned, at=at)


def _rows(case_id: int, version: Version, assessment: Assessment, at: datetime) -> Iterable[tuple[Any, ...]]:
    within, today = version.rule_set.payment.within, timezone.localdate(at)
    for one in assessment.entitlements:
        number = 0 if one.revenue else one.instalment
        key = (case_id, version.pk, one.reward, one.placement, number, one.revenue, one.to)
        said = (one.owed_by, str(one.state), one.amount, one.at_most, one.unit, one.due_on)
        known = (at, within.after(max(one.due_on, today))) if one.due_on else (None, None)
        yield (*key, *said, *known)


def _next(timeline: Timeline, found: list[tuple[Version, Assessment]], today: date) -> date | None:
    """The next day to look again: an assessment says so, or a fact that is recorded already happens then."""
    days = [one.next_check_on for _, one in found if one.next_check_on]
    days += [fact.on for fact in timeline.facts if fact.on > today][:1]
    return min(days, default=None)


def _plan(organisation_id: int, following: dict[int, date | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [list(following), list(following.values())])
    for day in sorted({day for day in following.values() if day}):
        work.add(organisation_id, ASSESS, timezone.make_aware(datetime.combine(day, time.min)))
