"""So many points or coins, to be saved."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from programmes.engine.fields import Rule
from programmes.engine.mistakes import Mistake
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import MET, Amount, Priced


class Points(Rule):
    kind: Literal["points"]
    points: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    unit: Literal["coin", "point"]

    def amounts(self) -> Amount:
        points = Decimal(self.points)
        answer: Priced = (MET, points, date.min, (("points_fixed", MET, (self.points, self.unit), ()),), None, None)

        def amount(timeline: Timeline, placement: str, day: date) -> Priced:
            return answer

        return amount

    @property
    def of_placement(self) -> bool:
        return False

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        return iter(())
