"""Met unless the organisation knew the person, or another member's introduction of them comes first."""

from datetime import date
from typing import Literal

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import FAILED, MET, Check, Verdict

KNOWN = frozenset({"known_candidate", "duplicate_of"})


class CandidateUnknown(Rule):
    kind: Literal["candidate_unknown"]

    def check(self) -> Check:
        find_known, find_earlier = first("known_candidate"), first("duplicate_of")
        unknown: Verdict = (MET, (("candidate_unknown", MET, (), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            if KNOWN.isdisjoint(timeline.case):
                return unknown
            known = find_known(timeline, placement, day)
            if known is not None:
                return FAILED, (("candidate_known", FAILED, (known.on,), (known.key,)),), None
            earlier = find_earlier(timeline, placement, day)
            if earlier is not None:
                return FAILED, (("introduced_by_another", FAILED, (earlier.on,), (earlier.key,)),), None
            return unknown

        return check
