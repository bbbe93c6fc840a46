"""A real worker on a real broker, for tests whose point is the worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

Condition = Callable[[], bool]
Start = Callable[[], subprocess.Popen[bytes]]


def wait_for(condition: Condition, seconds: float = 120) -> None:
    """Return once a condition holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Start]:
    """Start workers on the test's database; what still runs afterwards is killed with its children."""
    running: list[subprocess.Popen[bytes]] = []
    name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
    environment = os.environ | {
        "DEMO": "1",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DATABASE_URL": f"postgresql://app@/{name}?host={host}",
        "C_FORCE_ROOT": "1",
    }

    def start() -> subprocess.Popen[bytes]:
        celery = str(Path(sys.executable).parent / "celery")
        command = [
            celery,
            "-A",
            "config",
            "--quiet",
            "worker",
            "--concurrency=2",
            "--loglevel=error",
            "--without-gossip",
        ]
        process = subprocess.Popen([*command, "--without-mingle"], env=environment, start_new_session=True)
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
