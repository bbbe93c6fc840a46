"""One amount, known from the start."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from programmes.engine.fields import Money, Rule, imprecise
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import MET, Amount, Priced


class Fixed(Rule):
    kind: Literal["fixed"]
    amount: Money

    def amounts(self) -> Amount:
        answer: Priced = (MET, self.amount, date.min, (("amount_fixed", MET, (self.amount,), ()),), None, None)

        def amount(timeline: Timeline, placement: str, day: date) -> Priced:
            return answer

        return amount

    @property
    def of_placement(self) -> bool:
        return False

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        yield from imprecise(self.amount, f"{path}.amount", places)
