"""Where cases stand and what they will bring, as the member who brought them in sees it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import holidays
from django.db.models import QuerySet

from kernel.money import CURRENCIES, apportion
from programmes.engine.assess import assess
from programmes.engine.assessment import DUE, LAPSED, Entitlement
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, OPEN, Reason
from programmes.models import Version
from referrals.forecast import Expectation, WorkingDay, expected
from referrals.models import Case, Note, Pin
from referrals.pipeline import COLUMNS, OVER, Stage, Turn, turn_of
from referrals.selectors.joined import introducers_of
from referrals.selectors.timelines import timelines

SATURDAY = 5


@dataclass(frozen=True)
class TrackedEntitlement:
    """A member's part of an entitlement, with what is still missing, and when it can be expected and paid."""

    version: Version
    entitlement: Entitlement
    expectation: Expectation | None
    shared_by: int = 1

    @property
    def missing(self) -> list[Reason]:
        """The reasons that are still open, or that failed."""
        wanted = FAILED if self.entitlement.state is LAPSED else OPEN
        return [reason for reason in self.entitlement.because if reason[1] is wanted]

    @property
    def pay_by(self) -> date | None:
        """The day until which payment is promised, where the amount is due or expected."""
        due_on = self.entitlement.due_on or (self.expectation and self.expectation.on)
        return self.version.rule_set.payment.within.after(due_on) if due_on else None


@dataclass(frozen=True)
class TrackedCase:
    """A case with what it will bring to its introducer."""

    case: Case
    timeline: Timeline
    entitlements: list[TrackedEntitlement]
    steps: list[tuple[Stage, date | None]]

    @property
    def turn(self) -> Turn:
        return turn_of(Stage(self.case.stage), self.case.answer or None, self.case.kind == "referral")

    @property
    def is_over(self) -> bool:
        return self.case.stage in OVER


@dataclass(frozen=True)
class Assessed:
    """A case's facts, and what they bring to everyone."""

    timeline: Timeline
    entitlements: list[TrackedEntitlement]


@dataclass(frozen=True)
class Totals:
    """Sums over cases, by unit: what is earned, what is on the way with a fixed amount, what is possible at most."""

    earned: dict[str, Decimal]
    on_the_way: dict[str, Decimal]
    possible: dict[str, Decimal]


def cases_of(member_id: int) -> QuerySet[Case]:
    """A member's cases, the newest first, with what a list shows of them."""
    found = Case.objects.filter(introducer_id=member_id)
    return found.select_related("candidate", "opening__client", "recruiter", "client").order_by("-submitted_at", "-pk")


def track(cases: Iterable[Case], today: date, country: str, party: str = "introducer") -> list[TrackedCase]:
    """Assess cases for showing, in three queries whatever their number: facts, pinned versions, who shares.

    A case that was joined with another shows where that one stands, and its own introducer's part.
    """
    cases = list(cases)
    leads = {case.shares_with_id or case.pk for case in cases}
    assessed, sharing = assess_now(leads, today, country), introducers_of(leads)
    found = []
    for case in cases:
        leading = case.shares_with_id or case.pk
        timeline, members = assessed[leading].timeline, [member.pk for member in sharing[leading]]
        whole = [one for one in assessed[leading].entitlements if one.entitlement.to == party]
        mine = [_part(one, case.introducer_id, members) for one in whole]
        found.append(TrackedCase(case, timeline, mine, _steps(timeline, today)))
    return found


def assess_now(case_ids: Collection[int], today: date, country: str) -> dict[int, Assessed]:
    """Assess leading cases, in two queries whatever their number, with when what is open can be expected."""
    lines, works = timelines(case_ids), working_days(country)
    versions: dict[int, list[Version]] = defaultdict(list)
    pins = Pin.objects.filter(case_id__in=case_ids).select_related("version__programme")
    for pin in pins.order_by("version__programme__name"):
        versions[pin.case_id].append(pin.version)
    return {pk: Assessed(lines[pk], _entitlements(versions[pk], lines[pk], today, works)) for pk in case_ids}


def totals(tracked: Iterable[TrackedCase]) -> Totals:
    """Add up what a member's cases bring."""
    sums = Totals({}, {}, {})
    for entitlement in (one.entitlement for case in tracked for one in case.entitlements):
        if entitlement.state is LAPSED:
            continue
        known = sums.possible if entitlement.amount is None else sums.on_the_way
        into = sums.earned if entitlement.state is DUE else known
        value = entitlement.at_most if entitlement.amount is None else entitlement.amount
        into[entitlement.unit] = into.get(entitlement.unit, Decimal(0)) + (value or 0)
    return sums


def reasons_to_read(case: Case) -> QuerySet[Note]:
    """The reasons that the member may read, the newest last."""
    notes = Note.objects.filter(case=case, kind=Note.Kind.REASON, fact__retractions=None)
    return notes.select_related("fact", "author").order_by("written_at")


def working_days(country: str) -> WorkingDay:
    """Return the function that knows a country's working days: Monday to Friday, without public holidays."""
    calendar = _calendar(country)
    return lambda day: day.weekday() < SATURDAY and day not in calendar


@lru_cache(maxsize=8)
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def _entitlements(
    versions: list[Version], timeline: Timeline, today: date, works: WorkingDay
) -> list[TrackedEntitlement]:
    return [
        TrackedEntitlement(version, entitlement, expected(entitlement, timeline, today, works))
        for version in versions
        for entitlement in assess(version.rule_set, timeline, today).entitlements
    ]


def _part(tracked: TrackedEntitlement, introducer: int, sharing: list[int]) -> TrackedEntitlement:
    """Return an introducer's part of what joined cases bring; all of it where nobody shares."""
    if len(sharing) == 1 or introducer not in sharing:
        return tracked
    whole, place = tracked.entitlement, sharing.index(introducer)

    def part(amount: Decimal | None) -> Decimal | None:
        shares, places = [Decimal(1)] * len(sharing), CURRENCIES.get(whole.unit, 0)
        return None if amount is None else apportion(amount, shares, places)[place]

    mine = whole._replace(amount=part(whole.amount), at_most=part(whole.at_most))
    return replace(tracked, entitlement=mine, shared_by=len(sharing))


def _steps(timeline: Timeline, today: date) -> list[tuple[Stage, date | None]]:
    """The pipeline's steps with the date on which each was first reached."""
    kinds = {Stage.RECEIVED: "submitted", Stage.WORKING: "started"}
    reached = {fact.kind: fact.on for fact in reversed(timeline.facts) if fact.on <= today}
    return [(stage, reached.get(kinds.get(stage, stage.value))) for stage in COLUMNS]
