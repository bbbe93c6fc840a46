"""Met as long as something has not happened."""

from datetime import date
from typing import Literal

from programmes.engine.fields import FactName, Rule, Scope
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import FAILED, MET, Check, Verdict


class NoFact(Rule):
    kind: Literal["no_fact"]
    fact: FactName
    scope: Scope = "placement"

    def check(self) -> Check:
        find, kind = first(self.fact, self.scope == "case"), self.fact
        absent: Verdict = (MET, (("fact_absent", MET, (kind,), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            fact = find(timeline, placement, day)
            if fact is None:
                return absent
            return FAILED, (("fact_present", FAILED, (kind, fact.on), (fact.key,)),), None

        return check
