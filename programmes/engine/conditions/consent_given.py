"""Met while the newest answer of the person referred is yes."""

from datetime import date
from typing import Literal

from programmes.engine.facts import CONSENTS
from programmes.engine.fields import Rule
from programmes.engine.timeline import Fact, Timeline
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Verdict


def _comes_after(timeline: Timeline, one: Fact, other: Fact) -> bool:
    """Whether a fact stands behind another in the timeline."""
    return one.on > other.on or (one.on == other.on and timeline.facts.index(one) > timeline.facts.index(other))


class ConsentGiven(Rule):
    kind: Literal["consent_given"]

    def check(self) -> Check:
        awaited: Verdict = (OPEN, (("consent_awaited", OPEN, (), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            newest = None
            for kind, facts in timeline.case.items():
                if kind in CONSENTS:
                    for fact in facts:
                        if fact.on <= day and (newest is None or _comes_after(timeline, fact, newest)):
                            newest = fact
            if newest is None:
                return awaited
            if newest.kind == "consented":
                return MET, (("consented", MET, (newest.on,), (newest.key,)),), None
            return FAILED, ((newest.kind, FAILED, (newest.on,), (newest.key,)),), None

        return check
