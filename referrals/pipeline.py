"""The pipeline of a case, pure: its stages follow from its facts, and what can be done next from its stage."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from programmes.engine.facts import CONSENTS, ENDINGS


class Stage(StrEnum):
    """Where a case stands. The order is the pipeline's."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    INTERVIEWED = "interviewed"
    PRESENTED = "presented"
    TALKS = "talks"
    OFFERED = "offered"
    PLACED = "placed"
    WORKING = "working"
    FINISHED = "finished"
    WON = "won"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


RECOMMENDED = ("referral", "lead")
"""Kinds of cases that recruiters work on; the others are members' own."""


class Turn(StrEnum):
    """Whose move it is."""

    PERSON = "person"
    RECRUITER = "recruiter"
    CLIENT = "client"
    NOBODY = "nobody"


class Happened(NamedTuple):
    """What the pipeline needs of a fact, in the order of the timeline."""

    kind: str
    placement: str = ""


STEPS = (Stage.CONTACTED, Stage.INTERVIEWED, Stage.PRESENTED, Stage.OFFERED)
"""Stages that a recruiter moves a case to by a date alone; each is also the kind of its fact."""

COLUMNS = (Stage.RECEIVED, *STEPS, Stage.PLACED, Stage.WORKING)
"""The board's columns."""

ENDED = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED})
OVER = ENDED | {Stage.FINISHED, Stage.WON}
LANDED_OR_OVER = OVER | {Stage.WORKING}
"""The stages in which an opportunity waits for nobody any more."""
_OF_FACT: dict[str, Stage] = {step.value: step for step in (*STEPS, Stage.PLACED)} | {"talks_held": Stage.TALKS}
_RANK = {stage: rank for rank, stage in enumerate(Stage)}
_TURNS = {
    Stage.CONTACTED: Turn.RECRUITER,
    Stage.INTERVIEWED: Turn.RECRUITER,
    Stage.PRESENTED: Turn.CLIENT,
    Stage.OFFERED: Turn.PERSON,
    Stage.PLACED: Turn.RECRUITER,
    Stage.WORKING: Turn.RECRUITER,
}


def stage_of(facts: Iterable[Happened]) -> Stage:
    """Return the stage that follows from a case's facts: its ending, else the furthest step that was recorded."""
    stage, ended = Stage.RECEIVED, None
    started: set[str] = set()
    left: set[str] = set()
    for kind, placement in facts:
        if kind in ENDINGS:
            ended = Stage(kind)
        elif kind == "reopened":
            ended = None
        elif kind in ("started", "won"):
            started.add(placement)
        elif kind == "left":
            left.add(placement)
        elif kind == "lead_won":
            stage = Stage.WON
        elif kind in _OF_FACT and _RANK[_OF_FACT[kind]] > _RANK[stage]:
            stage = _OF_FACT[kind]
    if started:
        stage = Stage.WORKING if started - left else Stage.FINISHED
    return ended or stage


def answer_of(facts: Iterable[Happened]) -> str | None:
    """Return the kind of the newest answer of the person referred; None before any."""
    return next((kind for kind, _ in reversed(list(facts)) if kind in CONSENTS), None)


def turn_of(stage: Stage, answer: str | None, asks_a_person: bool = True) -> Turn:
    """Say whose move it is; in a case about nobody, nobody's answer is waited for."""
    if stage in OVER:
        return Turn.NOBODY
    if answer is None and asks_a_person:
        return Turn.PERSON
    return _TURNS.get(stage, Turn.RECRUITER)


def moves_from(stage: Stage, answer: str | None) -> list[Stage]:
    """Return the stages to which a recruiter can move a case by a date alone.

    Nobody is contacted before they agreed; a person who is placed moves on by what is recorded of the placement.
    """
    if stage in OVER or _RANK[stage] >= _RANK[Stage.PLACED] or answer != "consented":
        return []
    return [step for step in (Stage.RECEIVED, *STEPS) if step is not stage]


def undone_by(stage: Stage, target: Stage) -> frozenset[str]:
    """Return the kinds of facts that a move back makes untrue."""
    return frozenset(step for step in STEPS if _RANK[target] < _RANK[step] <= _RANK[stage])
