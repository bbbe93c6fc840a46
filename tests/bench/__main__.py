"""`./run bench`: each figure beside a baseline of the same run, as the median ratio of paired rounds."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench import engine

ROUNDS = 7
OUT = Path(".local/bench")

Work = Callable[[], int]


def _rate(work: Work) -> float:
    """Run a piece of work once and return how many it did a second."""
    began = perf_counter()
    count = work()
    return count / (perf_counter() - began)


def measure(ours: Work, baseline: Work) -> tuple[float, float, float]:
    """Run both in turn; return the medians a second, and the median of the ratios of the pairs."""
    ours(), baseline()
    pairs = [(_rate(ours), _rate(baseline)) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def main() -> int:
    gc.collect()
    gc.freeze()
    rows = []
    print(f"{'work':52} {'ours/s':>12} {'baseline/s':>12} {'ratio':>8} {'to reach':>9}")
    for name, wanted, ours, baseline in engine.BENCHES:
        here, there, ratio = measure(ours, baseline)
        rows.append({"work": name, "ours": here, "baseline": there, "ratio": ratio, "to_reach": wanted})
        print(f"{name:52} {here:12,.0f} {there:12,.0f} {ratio:8.2f} {wanted:9.2f}")
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
