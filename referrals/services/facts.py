"""Recording what happened: facts are added or retracted, and the case's projection follows in the same transaction."""

from collections.abc import Mapping
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
from referrals.services.locking import lock
from referrals.signals import facts_recorded


class NewFact(NamedTuple):
    """What is to be recorded; `text` is what was said with it, kept where it can be erased."""

    kind: str
    on: date
    values: Mapping[str, Any] = {}
    placement: str = ""
    text: str = ""


class FactRefusedError(ValueError):
    """A fact whose fields are not those of its kind."""


@transaction.atomic
def record(*, case: Case, facts: list[NewFact], at: datetime, by: Member | None = None) -> list[Fact]:
    """Record facts of a case and return them. Locks the case, so that its projection follows from all of them."""
    locked = lock(case.pk)
    for new in facts:
        if any(wrong(KINDS[new.kind], new.values)):
            raise FactRefusedError(new.kind)
    stored = Fact.objects.bulk_create(
        Fact(
            case=locked,
            kind=new.kind,
            on=new.on,
            placement=new.placement,
            values={name: str(value) for name, value in new.values.items()},
            recorded_at=at,
            recorded_by=by,
        )
        for new in facts
    )
    Note.objects.bulk_create(
        Note(case=locked, kind=Note.Kind.REASON, text=new.text, fact=fact, author=by, written_at=at)
        for new, fact in zip(facts, stored, strict=True)
        if new.text
    )
    project(locked, at, into=case)
    facts_recorded.send(Case, case=case, facts=stored)
    return stored


@transaction.atomic
def retract(*, case: Case, facts: list[Fact], at: datetime, by: Member | None = None) -> None:
    """Say that facts were not so. They stay, and a later row says so."""
    locked = lock(case.pk)
    Fact.objects.bulk_create(
        Fact(case=locked, kind=RETRACTION, on=fact.on, retracts=fact, recorded_at=at, recorded_by=by) for fact in facts
    )
    project(locked, at, into=case)
    facts_recorded.send(Case, case=case, facts=[])


def project(case: Case, at: datetime, into: Case) -> None:
    """Write what lists and boards filter by, and have the case assessed. Cases joined with another stand where it stands."""
    lead = case.lead
    rows = list(live_facts([lead.pk]).values_list("kind", "placement", "on"))
    happened = [Happened(kind, placement) for kind, placement, _ in rows]
    stage = stage_of(happened)
    fields = {
        "stage": stage,
        "stage_since": _since(happened, [on for _, _, on in rows], timezone.localdate(lead.submitted_at)),
        "answer": answer_of(happened) or "",
        "is_over": stage in OVER,
    }
    Case.objects.filter(Q(pk=lead.pk) | Q(shares_with=lead)).update(**fields)
    Case.objects.filter(pk__in=[lead.pk, case.pk]).update(next_check_on=timezone.localdate(at))
    for name, value in fields.items():
        setattr(into, name, value)


def _since(happened: list[Happened], dates: list[date], otherwise: date) -> date:
    """The date of the fact with which the present stage began."""
    stage = stage_of(happened)
    since = otherwise
    for count in range(len(happened), 0, -1):
        if stage_of(happened[:count]) is not stage:
            break
        since = dates[count - 1]
    return since
