"""Met if an attribute of the placement has one of the listed values."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Rule, Word
from programmes.engine.timeline import Timeline, attribute
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Verdict


class AttributeIn(Rule):
    kind: Literal["attribute"]
    name: Word
    in_: Annotated[tuple[Word, ...], Field(alias="in", min_length=1)]

    def check(self) -> Check:
        name, wanted = self.name, self.in_
        listed = ", ".join(wanted)
        awaited: Verdict = (OPEN, (("attribute_awaited", OPEN, (name, listed), ()),), None)

        def check(timeline: Timeline, placement: str, day: date) -> Verdict:
            known = attribute(timeline, placement, name, day)
            if known is None:
                return awaited
            value, fact = known
            if value in wanted:
                return MET, (("attribute_fits", MET, (name, value), (fact.key,)),), None
            return FAILED, (("attribute_differs", FAILED, (name, value, listed), (fact.key,)),), None

        return check
