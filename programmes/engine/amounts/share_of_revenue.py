"""A part of each month's turnover until a cap; its instalments come with the turnover (`programmes.engine.shares`)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from programmes.engine.fields import Money, Percentage, Rule, Word, imprecise
from programmes.engine.mistakes import Mistake


class Cap(Rule):
    """One amount, or one for each level of contribution that the performer can declare; per case or placement."""

    amount: Money | None = None
    by: Literal["contribution"] | None = None
    amounts: Annotated[dict[Word, Money], Field(min_length=1)] | None = None
    per: Literal["case", "placement"] = "case"

    @model_validator(mode="after")
    def _one_or_by_level(self) -> "Cap":
        if (self.amount is None) == (self.amounts is None) or (self.by is None) != (self.amounts is None):
            raise PydanticCustomError("cap_unclear", "")
        return self

    @property
    def highest(self) -> Decimal:
        return self.amount if self.amount is not None else max((self.amounts or {}).values())


class ShareOfRevenue(Rule):
    kind: Literal["share_of_revenue"]
    rate: Percentage
    cap: Cap

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        if self.cap.amount is not None:
            yield from imprecise(self.cap.amount, f"{path}.cap.amount", places)
        for level, amount in (self.cap.amounts or {}).items():
            yield from imprecise(amount, f"{path}.cap.amounts.{level}", places)
