"""How gunicorn serves: two processes of four threads; objects made at start are left out of garbage collection."""

import gc
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
