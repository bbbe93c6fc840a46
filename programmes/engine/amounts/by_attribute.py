"""An amount for each value of an attribute of the placement, such as its seniority."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Money, Rule, Word, imprecise
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline, attribute
from programmes.engine.verdict import FAILED, MET, OPEN, Amount, Priced


class ByAttribute(Rule):
    kind: Literal["by_attribute"]
    attribute: Word
    amounts_: Annotated[dict[Word, Money], Field(alias="amounts", min_length=1)]
    otherwise: Money | None = None

    def amounts(self) -> Amount:
        name, table, otherwise = self.attribute, self.amounts_, self.otherwise
        highest = max([*table.values(), *([] if otherwise is None else [otherwise])])
        unknown = ("attribute_for_amount_awaited", OPEN, (name, highest), ())
        awaited: Priced = (OPEN, None, date.max, (unknown,), highest, None)

        def amount(timeline: Timeline, placement: str, day: date) -> Priced:
            known = attribute(timeline, placement, name, day)
            if known is None:
                return awaited
            value, fact = known
            found = table.get(value, otherwise)
            if found is None:
                none = ("attribute_without_amount", FAILED, (name, value), (fact.key,))
                return FAILED, None, date.max, (none,), None, None
            reason = ("amount_by_attribute", MET, (found, name, value), (fact.key,))
            return MET, found, fact.on, (reason,), None, None

        return amount

    @property
    def of_placement(self) -> bool:
        return True

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        for value, amount in self.amounts_.items():
            yield from imprecise(amount, f"{path}.amounts.{value}", places)
        if self.otherwise is not None:
            yield from imprecise(self.otherwise, f"{path}.otherwise", places)
