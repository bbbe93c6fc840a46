"""The whole demo under one supervisor: PostgreSQL, Valkey, migrations, demo data, web, worker, beat.

Ctrl-C stops all of it; a child that dies is started again; after kill -9 of the supervisor its children stop by
themselves, and the next start finds PostgreSQL's and Valkey's files whole.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from devstack import valkey
from devstack.postgres import ROOT, Postgres

LOCAL = ROOT / ".local"
BIN = Path(sys.executable).parent
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}"
LONGEST_SOCKET = 100
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
_libc = ctypes.CDLL(None)
_began = time.perf_counter()


def say(*words: object) -> None:
    """Print with the seconds since the start."""
    print(f"[{time.perf_counter() - _began:5.1f}s]", *words, flush=True)


def _die_with_parent() -> None:
    _libc.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


class Services:
    """The child processes, by name."""

    def __init__(self, commands: dict[str, list[str]], environment: dict[str, str]) -> None:
        self.commands, self.environment = commands, environment
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Start one, its output appended to .local/<name>.log."""
        with (LOCAL / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.commands[name],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def revive(self) -> None:
        """Start again what has died."""
        for name, process in self.running.items():
            if process.poll() is not None:
                say(f"{name} stopped with {process.returncode}; starting it again (see .local/{name}.log)")
                time.sleep(1)
                self.start(name)

    def stop(self) -> None:
        """Stop all, the last started first; what does not stop in time is killed with its children."""
        for name, process in reversed(self.running.items()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    say(f"{name} does not stop; killing it")
                    os.killpg(process.pid, signal.SIGKILL)


def demo_environment(postgres: Postgres, broker: Path) -> dict[str, str]:
    """What web, worker and commands of the demo find their servers by; what is set already stays."""
    embedded = {
        "DATABASE_URL": f"postgresql://app@/voorspraak?host={postgres.socket}",
        "DATABASE_OWNER_URL": f"postgresql://owner@/voorspraak?host={postgres.socket}",
        "REDIS_URL": f"redis+socket://{broker}",
        "DEMO": "1",
        "SITE_URL": ADDRESS,
    }
    return embedded | dict(os.environ)


def _socket(postgres: Postgres) -> Path:
    path = LOCAL / "valkey.sock"
    return path if len(str(path)) <= LONGEST_SOCKET else postgres.socket / "v"


def _commands(broker: Path) -> dict[str, list[str]]:
    celery = [str(BIN / "celery"), "-A", "config", "--quiet"]
    web = [str(BIN / "gunicorn"), "config.wsgi", "--config", "python:config.gunicorn", "--bind", f"127.0.0.1:{PORT}"]
    return {
        "valkey": valkey.command(LOCAL / "valkey", broker),
        "web": web,
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=warning", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel=warning", "--pidfile=", f"--schedule={LOCAL / 'beat'}"],
    }


def _wait_for_web(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.05)


def main() -> None:
    """Bring everything up, keep it up, and take it down on SIGINT or SIGTERM."""
    os.chdir(ROOT)
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    postgres = Postgres(LOCAL / "pg").start()
    postgres.ensure_database("voorspraak")
    broker = _socket(postgres)
    environment = demo_environment(postgres, broker)
    (LOCAL / "environment").write_text(
        "".join(f"{k}={environment[k]}\n" for k in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"))
    )
    services = Services(_commands(broker), environment)
    try:
        services.start("valkey")
        _manage(environment, "migrate", "-v0", DATABASE_ROLE="owner")
        say("database")
        if _static_files_changed():
            _manage(environment, "collectstatic", "--noinput", "-v0")
        _manage(environment, "demo")
        valkey.wait(broker)
        for name in ("web", "worker", "beat"):
            services.start(name)
        _wait_for_web(stop)
        say(f"Voorspraak: {ADDRESS}/   (enter as anyone there; Ctrl-C stops everything)")
        while not stop.wait(0.5):
            services.revive()
            postgres.start()
    finally:
        services.stop()
        postgres.stop()
        say("stopped")


def _static_files_changed() -> bool:
    made = LOCAL / "static" / "staticfiles.json"
    if not made.exists():
        return True
    sources = (path for folder in ("static", "vendor") for path in (ROOT / folder).rglob("*"))
    return max(path.stat().st_mtime for path in sources) > made.stat().st_mtime


def _manage(environment: dict[str, str], *arguments: str, **more: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, env=environment | more)


if __name__ == "__main__":
    main()
