"""Met once something has happened."""

from datetime import date
from typing import Literal

from programmes.engine.fields import FactName, Rule, Scope
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import MET, OPEN, Check, Verdict


class FactRecorded(Rule):
    kind: Literal["fact"]
    fact: FactName
    scope: Scope = "placement"

    def check(self) -> Check:
        find, kind = first(self.fact, self.scope == "case"), self.fact
        awaited: Verdict = (OPEN, (("fact_awaited", OPEN, (kind,), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            fact = find(timeline, placement, day)
            if fact is None:
                return awaited
            return MET, (("fact_recorded", MET, (kind, fact.on), (fact.key,)),), None

        return check
