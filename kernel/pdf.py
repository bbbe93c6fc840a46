"""PDFs, drawn by a process that has 30 seconds and 512 MB for each: a page that needs more, or crashes, costs nothing else."""

import atexit
import base64
import json
import os
import selectors
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from kernel.drawing import ROOT, RefusedAddressError

SECONDS = 30.0
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "XDG_DATA_DIRS", "XDG_CACHE_HOME")
"""What the process gets of the environment: no secrets."""
CHUNK = 1 << 20


class DrawingFailedError(Exception):
    """A page could not be drawn: it took too long, or too much memory, or the library failed."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside a PDF, as the source that it was made from."""

    name: str
    content: bytes
    description: str
    at: datetime


def render(html: str, attached: Attached | None = None) -> bytes:
    """Return a page as PDF/A-3b. Its only other sources are files of `static/` and `vendor/`, as `ours:css/…`.

    Whatever else it asks for stops it, as does a font that is missing: no document goes out that looks by chance.
    RefusedAddressError, DrawingFailedError.
    """
    outcome, content = _drawer.ask({"html": html, "attached": _as_json(attached) if attached else None})
    if outcome == "refused":
        raise RefusedAddressError(content.decode())
    if outcome != "drawn":
        raise DrawingFailedError(content.decode())
    return content


def _as_json(attached: Attached) -> dict[str, str]:
    return {
        "name": attached.name,
        "content": base64.b64encode(attached.content).decode(),
        "description": attached.description,
        "at": attached.at.isoformat(),
    }


class _Drawer:
    """The process, started when it is needed first, and again after it was ended; one for each of ours that asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._jobs = 0

    def ask(self, job: dict[str, object]) -> tuple[str, bytes]:
        """Return the outcome of a job, `drawn`, `refused` or `failed`, and what came of it.

        Whatever interrupts it, the process ends: the answer that it still owes must not be taken for another's.
        """
        if not self._lock.acquire(timeout=SECONDS):
            raise DrawingFailedError("another page is being drawn")
        try:
            self._jobs += 1
            outcome, content = self._exchange(self._started(), job | {"number": self._jobs})
            if outcome == "failed":  # it may hold on to memory that the next page needs
                self.end()
        except (OSError, EOFError, ValueError) as error:
            self.end()
            raise DrawingFailedError(repr(error)) from error
        except BaseException:
            self.end()
            raise
        finally:
            self._lock.release()
        return outcome, content

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            environment = {name: os.environ[name] for name in KEPT if name in os.environ}
            command = [sys.executable, "-m", "kernel.drawing"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, bufsize=0
            )
            assert self._process.stdin
            os.set_blocking(self._process.stdin.fileno(), False)
            self._owner = os.getpid()
        return self._process

    def _exchange(self, process: "subprocess.Popen[bytes]", job: dict[str, object]) -> tuple[str, bytes]:
        assert process.stdin
        assert process.stdout
        until = monotonic() + SECONDS
        told = json.dumps(job).encode() + b"\n"
        while told:
            _wait(process.stdin.fileno(), selectors.EVENT_WRITE, until)
            told = told[os.write(process.stdin.fileno(), told) :]
        found = bytearray()
        while b"\n" not in found:
            found += _some(process.stdout.fileno(), until)
        head, _newline, content = found.partition(b"\n")
        answer = json.loads(head)
        while len(content) < answer["length"]:
            content += _some(process.stdout.fileno(), until)
        if answer["number"] != job["number"]:
            raise ValueError("this answers another job")
        return answer["outcome"], bytes(content)


def _some(file: int, until: float) -> bytes:
    """Return what can be read now; TimeoutError when there is nothing in time, EOFError when there will be nothing."""
    _wait(file, selectors.EVENT_READ, until)
    found = os.read(file, CHUNK)
    if not found:
        raise EOFError("the process ended")
    return found


def _wait(file: int, event: int, until: float) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(file, event)
        if not waiting.select(max(until - monotonic(), 0)):
            raise TimeoutError(f"no picture within {SECONDS:.0f} seconds")


_drawer = _Drawer()
atexit.register(_drawer.end)
