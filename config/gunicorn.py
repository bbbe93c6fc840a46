"""How gunicorn serves: two processes of four threads; objects made at start are left out of garbage collection."""

import gc
import os
from typing import Any

workers = 2
worker_class = "gthread"
threads = 4
loglevel = "warning"
preload_app = True
max_requests = 20_000
max_requests_jitter = 2_000


def when_ready(server: Any) -> None:
    """Freeze what was loaded, so that the children share it and the collector leaves it alone."""
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """Let go of the figures of a process that ended."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
