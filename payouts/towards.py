"""How far the shares of a turnover are towards their caps; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kernel.money import ZERO


class Part(NamedTuple):
    """One share: rate in per cent, cap (None while no contribution was declared), what is owed of it, to whom it goes in per cent."""

    rate: Decimal
    cap: Decimal | None
    owed: Decimal
    portions: Mapping[str, Decimal]

    @property
    def is_full(self) -> bool:
        return self.cap is not None and self.owed >= self.cap


@dataclass(frozen=True)
class Towards:
    """All shares that are asked of one turnover, each with a cap of its own: what they ask adds up."""

    parts: Sequence[Part]

    @property
    def cap(self) -> Decimal | None:
        """The most that can be owed; None while the cap of any is not known."""
        caps = [one.cap for one in self.parts if one.cap is not None]
        return sum(caps, ZERO) if caps and len(caps) == len(self.parts) else None

    @property
    def owed(self) -> Decimal:
        return sum((one.owed for one in self.parts), ZERO)

    @property
    def left(self) -> Decimal | None:
        """What can still be owed; None while the cap of any is not known.

        >>> Towards([Part(Decimal(15), Decimal(5000), Decimal(5000), {}), Part(Decimal(5), Decimal(3000), Decimal(1000), {})]).left
        Decimal('2000')
        """
        if self.cap is None:
            return None
        return sum((max(one.cap - one.owed, ZERO) for one in self.parts if one.cap is not None), ZERO)

    @property
    def rate(self) -> Decimal:
        """What is owed of the next turnover, in per cent; once all caps are reached, what was."""
        return sum((one.rate for one in self._counting), ZERO)

    @property
    def portions(self) -> dict[str, Decimal]:
        """How what is owed of the next turnover is divided, as weights by party."""
        found: dict[str, Decimal] = {}
        for one in self._counting:
            for party, portion in one.portions.items():
                found[party] = found.get(party, ZERO) + one.rate * portion
        return found

    @property
    def _counting(self) -> Sequence[Part]:
        return [one for one in self.parts if not one.is_full] or self.parts
