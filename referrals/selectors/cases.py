"""One case, with everything about it, as a recruiter sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from referrals.models import Case, Curriculum, Fact, Interview, Merge, Note, Placement, Presentation, Profile
from referrals.pipeline import RECOMMENDED
from referrals.selectors.joined import joined_with
from referrals.selectors.people import likely_same
from referrals.selectors.timelines import RETRACTION


@dataclass(frozen=True)
class PlacementFile:
    """A placement with its dates and days worked."""

    placement: Placement
    facts: Sequence[Fact]

    def on(self, kind: str) -> date | None:
        """The date of a placement's first fact of a kind."""
        return next((fact.on for fact in self.facts if fact.kind == kind), None)

    @property
    def started_on(self) -> date | None:
        return self.on("started")

    @property
    def left_on(self) -> date | None:
        return self.on("left")

    @property
    def probation_ends(self) -> str | None:
        return next((fact.values.get("probation_ends") for fact in self.facts if fact.kind == "started"), None)

    @property
    def months(self) -> list[tuple[date, Decimal]]:
        """Days worked, by the last day of each period."""
        return [(fact.on, Decimal(fact.values["days"])) for fact in self.facts if fact.kind == "worked"]

    @property
    def days(self) -> Decimal:
        return sum((days for _, days in self.months), Decimal(0))


def case_for_recruiter(reference: str) -> Case | None:
    """Return a case by its reference, with the people and opening around it; of joined cases, the one that leads."""
    own = Case.objects.filter(kind__in=RECOMMENDED)
    related = own.select_related("candidate", "introducer", "recruiter", "opening__client", "client")
    found = related.filter(reference=reference).first()
    return related.get(pk=found.shares_with_id) if found and found.shares_with_id else found


def file_of(case: Case) -> dict[str, Any]:
    """Return a case's history (retracted facts marked), notes, CVs, placements and people who may be the same."""
    joined = joined_with(case)
    related = Fact.objects.filter(case=case).select_related("recorded_by").prefetch_related("notes")
    rows = list(related.order_by("on", "pk"))
    retracted = {row.retracts_id for row in rows if row.kind == RETRACTION}
    facts = [row for row in rows if row.kind != RETRACTION]
    live = [row for row in facts if row.pk not in retracted]
    placements = Placement.objects.filter(case=case).select_related("client").order_by("pk")
    return {
        "facts": list(reversed(facts)),
        "retracted": retracted,
        "joined": joined[1:],
        "notes": Note.objects.filter(case__in=joined)
        .exclude(kind=Note.Kind.REASON)
        .select_related("author")
        .order_by("-pk"),
        "curricula": Curriculum.objects.filter(candidate__cases__in=joined).order_by("-pk"),
        "placements": [PlacementFile(one, [f for f in live if f.placement == one.key]) for one in placements],
        "interviews": Interview.objects.filter(case=case).select_related("client").order_by("-starts_at"),
        "presentations": presentations_of(case),
        "profile": Profile.objects.filter(candidate=case.candidate_id).first(),
        "merges": _merges(case),
        "likely_same": likely_same([case.candidate])[case.candidate.pk] if case.candidate else [],
    }


def presentations_of(case: Case) -> QuerySet[Presentation]:
    """The assignments that the person was asked about, the newest first."""
    return Presentation.objects.filter(case=case).select_related("client").order_by("-pk")


def coming_interviews(case: Case, now: datetime) -> QuerySet[Interview]:
    """Interviews that are still to come."""
    planned = Interview.objects.filter(case=case, state=Interview.State.PLANNED, starts_at__gt=now)
    return planned.select_related("client").order_by("starts_at")


def _merges(case: Case) -> QuerySet[Merge]:
    """Merges that concern the case's person and were not taken back."""
    own = Q(duplicate=case.candidate_id) | Q(into=case.candidate_id)
    return Merge.objects.filter(own, undone_at=None).select_related("duplicate", "into", "merged_by").order_by("-pk")
