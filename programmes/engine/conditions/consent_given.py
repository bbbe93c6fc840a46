"""Met while the newest answer of the person referred is yes."""

from datetime import date
from typing import Literal

from programmes.engine.facts import CASE, CONSENTS
from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Verdict


class ConsentGiven(Rule):
    kind: Literal["consent_given"]

    def check(self) -> Check:
        awaited: Verdict = (OPEN, (("consent_awaited", OPEN, (), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            newest = None
            if not CONSENTS.isdisjoint(timeline.of[CASE]):
                for fact in timeline.facts:
                    if fact.on > day:
                        break
                    if fact.kind in CONSENTS:
                        newest = fact
            if newest is None:
                return awaited
            if newest.kind == "consented":
                return MET, (("consented", MET, (newest.on,), (newest.key,)),), None
            return FAILED, ((newest.kind, FAILED, (newest.on,), (newest.key,)),), None

        return check
