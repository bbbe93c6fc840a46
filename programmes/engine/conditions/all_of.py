"""Met once all of several conditions are."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Rule
from programmes.engine.verdict import Check, every

if TYPE_CHECKING:
    from programmes.engine.conditions.registry import Condition


class AllOf(Rule):
    kind: Literal["all_of"]
    conditions: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def check(self) -> Check:
        return every([condition.check() for condition in self.conditions])
