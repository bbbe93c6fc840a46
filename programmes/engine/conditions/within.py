"""Met if one thing happened at most so long after another."""

from datetime import date, timedelta
from typing import Literal

from programmes.engine.fields import FactName, PeriodField, Rule
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Verdict

DAY = timedelta(1)


class Within(Rule):
    kind: Literal["within"]
    fact: FactName
    of: FactName
    period: PeriodField

    def check(self) -> Check:
        find, find_start, period = first(self.fact), first(self.of), self.period
        kind, start_kind = self.fact, self.of
        not_begun: Verdict = (OPEN, (("within_not_begun", OPEN, (kind, start_kind, period), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            start = find_start(timeline, placement, day)
            if start is None:
                return not_begun
            last, fact = period.after(start.on), find(timeline, placement, day)
            if fact is not None:
                keys = (start.key, fact.key)
                if fact.on <= last:
                    return MET, (("within_met", MET, (kind, fact.on, start_kind, start.on, last), keys),), None
                return FAILED, (("within_late", FAILED, (kind, fact.on, start_kind, start.on, last), keys),), None
            if day > last:
                return FAILED, (("within_missed", FAILED, (kind, start_kind, start.on, last), (start.key,)),), None
            reason = ("within_running", OPEN, (kind, start_kind, start.on, last), (start.key,))
            return OPEN, (reason,), None if last == date.max else last + DAY

        return check
