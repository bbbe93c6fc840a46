"""How a figure is taken: ours and a baseline in turn, in one run, and the median of the pairs' ratios."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 5

Work = Callable[[], int]


@dataclass(frozen=True)
class Bench:
    """A piece of work and what it is measured against; each returns how many it did."""

    name: str
    to_reach: float
    """The ratio to reach: ours a second, by the baseline's a second."""

    ours: Work
    baseline: Work
    before: Callable[[], None] = lambda: None
    """What has to be made ready before each, outside of what is timed."""


@dataclass(frozen=True)
class Figure:
    """What was measured."""

    bench: Bench
    ours: float
    baseline: float
    ratio: float


def measure(bench: Bench) -> Figure:
    """Run both once to warm up, then in turn."""
    _rate(bench, bench.ours)
    _rate(bench, bench.baseline)
    pairs = [(_rate(bench, bench.ours), _rate(bench, bench.baseline)) for _ in range(ROUNDS)]
    return Figure(bench, median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs))


def _rate(bench: Bench, work: Work) -> float:
    bench.before()
    began = perf_counter()
    count = work()
    return count / (perf_counter() - began)
