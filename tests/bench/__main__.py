"""`./run bench [part …]`: each figure beside a baseline of the same run, as the median ratio of paired rounds."""

import gc
import importlib
import json
import sys
from pathlib import Path

import django

from tests.bench.measuring import measure

PARTS = ("engine", "sweep", "journal", "pages", "documents", "payments", "replay", "network", "api")
OUT = Path(".local/bench")


def main(parts: list[str]) -> int:
    django.setup()
    rows = []
    print(f"{'work':64} {'ours/s':>12} {'baseline/s':>12} {'ratio':>8} {'to reach':>9}", flush=True)
    for part in parts or PARTS:
        benches = importlib.import_module(f"tests.bench.{part}").benches()
        gc.collect()
        gc.freeze()
        for bench in benches:
            found = measure(bench)
            rows.append({"work": bench.name, "to_reach": bench.to_reach, "ours": found.ours})
            rows[-1] |= {"baseline": found.baseline, "ratio": found.ratio}
            line = f"{bench.name:64} {found.ours:12,.0f} {found.baseline:12,.0f} {found.ratio:8.2f}"
            print(f"{line} {bench.to_reach:9.2f}", flush=True)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
