"""Recording what happened: facts are added or retracted, and the case's projection follows in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import Member
from programmes.engine.facts import KINDS, wrong
from referrals.models import Case, Fact, Note
from referrals.pipeline import OVER, Happened, answer_of, stage_of
from referrals.selectors.timelines import RETRACTION, live_facts
from referrals.services.locking import lock_all
from referrals.signals import facts_recorded

PROJECTED = ("stage", "stage_since", "answer", "is_over")


class NewFact(NamedTuple):
    """What is to be recorded; `text` is what was said with it, kept where it can be erased."""

    kind: str
    on: date
    values: Mapping[str, Any] = {}
    placement: str = ""
    text: str = ""


class FactRefusedError(ValueError):
    """A fact whose fields are not those of its kind."""


class Change(NamedTuple):
    """What becomes of one case: facts that were not so, and facts that are to be recorded."""

    case: Case
    retracted: Sequence[Fact] = ()
    facts: Sequence[NewFact] = ()


def record(*, case: Case, facts: list[NewFact], at: datetime, by: Member | None = None) -> list[Fact]:
    """Record facts of a case and return them."""
    return change([Change(case, facts=facts)], at=at, by=by)


def retract(*, case: Case, facts: list[Fact], at: datetime, by: Member | None = None) -> None:
    """Say that facts of a case were not so. They stay, and a later row says so."""
    change([Change(case, retracted=facts)], at=at, by=by)


@transaction.atomic
def change(changes: Iterable[Change], *, at: datetime, by: Member | None = None) -> list[Fact]:
    """Retract and record facts of cases, at most one change each, in a fixed number of queries; return what is new.

    Locks the cases, so that their projections follow from all of their facts. FactRefusedError records nothing.
    """
    changes = list(changes)
    cases = [one.case for one in changes]
    locked = lock_all(case.pk for case in cases)
    for case in cases:
        case.shares_with_id = locked[case.pk].shares_with_id
    for new in (new for one in changes for new in one.facts):
        if any(wrong(KINDS[new.kind], new.values)):
            raise FactRefusedError(new.kind)
    Fact.objects.bulk_create(
        Fact(case=one.case, kind=RETRACTION, on=fact.on, retracts=fact, recorded_at=at, recorded_by=by)
        for one in changes
        for fact in one.retracted
    )
    wanted = [(one.case, new) for one in changes for new in one.facts]
    stored = Fact.objects.bulk_create(_fact(case, new, at, by) for case, new in wanted)
    Note.objects.bulk_create(
        Note(case=case, kind=Note.Kind.REASON, text=new.text, fact=fact, author=by, written_at=at)
        for (case, new), fact in zip(wanted, stored, strict=True)
        if new.text
    )
    project(cases, at)
    facts_recorded.send(Case, cases=cases, facts=stored)
    return stored


def _fact(case: Case, new: NewFact, at: datetime, by: Member | None) -> Fact:
    values = {name: str(value) for name, value in new.values.items()}
    return Fact(
        case=case,
        kind=new.kind,
        on=new.on,
        placement=new.placement,
        values=values,
        recorded_at=at,
        recorded_by=by,
    )


def project(cases: Iterable[Case], at: datetime) -> None:
    """Write what lists and boards filter by, and have the cases assessed. Joined cases stand where their leading stands."""
    cases = list(cases)
    leads = {case.pk: case.shares_with_id or case.pk for case in cases}
    group = Case.objects.filter(Q(pk__in=leads.values()) | Q(shares_with__in=leads.values()))
    happened: dict[int, list[tuple[Happened, date]]] = defaultdict(list)
    for case_id, kind, placement, on in live_facts(leads.values()).values_list("case_id", "kind", "placement", "on"):
        happened[case_id].append((Happened(kind, placement), on))
    standing: dict[int, dict[str, Any]] = {}
    rows = list(group.values("pk", "shares_with_id", "submitted_at", *PROJECTED))
    for row in rows:
        if row["shares_with_id"] is None:
            standing[row["pk"]] = _standing(happened[row["pk"]], timezone.localdate(row["submitted_at"]))
    for row in rows:
        fields = standing[row["shares_with_id"] or row["pk"]]
        if any(row[name] != value for name, value in fields.items()):
            Case.objects.filter(pk=row["pk"]).update(**fields)
    Case.objects.filter(pk__in={*leads, *leads.values()}).update(next_check_on=timezone.localdate(at))
    for case in cases:
        for name, value in standing[leads[case.pk]].items():
            setattr(case, name, value)


def _standing(happened: list[tuple[Happened, date]], submitted_on: date) -> dict[str, Any]:
    """Where a case stands by its facts: the fields of its projection."""
    whole = [one for one, _ in happened]
    stage = stage_of(whole)
    since = _since(whole, [on for _, on in happened], submitted_on)
    return {"stage": stage, "stage_since": since, "answer": answer_of(whole) or "", "is_over": stage in OVER}


def _since(happened: list[Happened], dates: list[date], otherwise: date) -> date:
    """The date of the fact with which the present stage began."""
    stage = stage_of(happened)
    since = otherwise
    for count in range(len(happened), 0, -1):
        if stage_of(happened[:count]) is not stage:
            break
        since = dates[count - 1]
    return since
