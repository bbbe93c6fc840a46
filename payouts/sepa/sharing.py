"""How a movement of the bank is shared out among invoices, and what was paid too much set off against others; pure."""

from collections.abc import Sequence
from decimal import Decimal

from kernel.money import ZERO


class DoesNotFitError(ValueError):
    """A movement is not about these invoices: too much, nothing to pay, or the wrong way."""


def shared_out(amount: Decimal, left: Sequence[Decimal], *, keeps_rest: bool = False) -> list[Decimal]:
    """Return how much of a movement goes to each of some invoices, given what is left of each; the shares sum to the amount.

    What is below zero was paid too much, and counts for the others. The oldest come first; with `keeps_rest` the last gets
    what is more than that. A movement that went gives back what was paid too much.

    >>> shared_out(Decimal(130), [Decimal(100), Decimal(50)])
    [Decimal('100'), Decimal('30')]
    >>> shared_out(Decimal(-29), [Decimal(-29)])
    [Decimal('-29')]
    """
    if amount < 0:
        return [-share for share in _filled(-amount, [-one for one in left], keeps_rest=False)]
    return _filled(amount, left, keeps_rest=keeps_rest)


def given_back(amount: Decimal, left: Sequence[Decimal], received: Sequence[Decimal]) -> list[Decimal]:
    """Return how much of what went, below zero, is given back of each of some invoices, given what was received of each: what was
    paid too much first, then the newest. They are open again by what is more than that.

    >>> given_back(Decimal(-30), [Decimal(-20), Decimal(5)], [Decimal(100), Decimal(50)])
    [Decimal('-20'), Decimal('-10')]
    """
    rest, shares = -amount, [ZERO] * len(left)
    for limits in ([-one for one in left], received):
        for place in reversed(range(len(left))):
            share = max(min(limits[place] + shares[place], rest), ZERO)
            shares[place] -= share
            rest -= share
    if rest:
        raise DoesNotFitError
    return shares


def set_off(left: Sequence[Decimal]) -> list[tuple[int, int, Decimal]]:
    """Return how much of what was paid too much of which invoices pays for which others, by their places, the first ones first.

    >>> set_off([Decimal(-30), Decimal(20), Decimal(50)])
    [(0, 1, Decimal('20')), (0, 2, Decimal('10'))]
    """
    rest = list(left)
    moved = []
    for source in range(len(rest)):
        for target in range(len(rest)):
            amount = min(-rest[source], rest[target])
            if amount > 0:
                moved.append((source, target, amount))
                rest[source] += amount
                rest[target] -= amount
    return moved


def _filled(amount: Decimal, left: Sequence[Decimal], *, keeps_rest: bool) -> list[Decimal]:
    rest = amount - sum((one for one in left if one < 0), ZERO)
    shares = []
    for one in left:
        shares.append(one if one < 0 else min(one, rest))
        rest -= max(shares[-1], ZERO)
    if not left or (rest and not keeps_rest) or (max(left) <= 0 and not keeps_rest):
        raise DoesNotFitError
    shares[max(range(len(left)), key=lambda place: (left[place] > 0, place))] += rest
    return shares
