"""One amount, known from the start."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from programmes.engine.fields import Amount as AmountField
from programmes.engine.fields import Rule, imprecise
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import MET, Amount
from programmes.engine.verdict import Fixed as FixedAmount


class Fixed(Rule):
    kind: Literal["fixed"]
    amount: AmountField

    def amounts(self) -> Amount:
        answer = FixedAmount(MET, self.amount, date.min, (("amount_fixed", MET, (self.amount,), ()),))

        def amount(timeline: Timeline, placement: str, day: date) -> FixedAmount:
            return answer

        return amount

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        yield from imprecise(self.amount, f"{path}.amount", places)
