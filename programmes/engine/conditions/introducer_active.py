"""Met unless the member who brought the case in left the organisation."""

from datetime import date
from typing import Literal

from programmes.engine.fields import Rule
from programmes.engine.timeline import Timeline, first
from programmes.engine.verdict import FAILED, MET, Check, Verdict


class IntroducerActive(Rule):
    kind: Literal["introducer_active"]

    def check(self) -> Check:
        find = first("introducer_left")
        active: Verdict = (MET, (("introducer_active", MET, (), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            left = find(timeline, placement, day)
            if left is None:
                return active
            return FAILED, (("introducer_left", FAILED, (left.on,), (left.key,)),), None

        return check
