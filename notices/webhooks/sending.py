"""Sending to an address that somebody typed: only to the open internet, within seconds, and following nothing.

The address is looked up once; what was looked up is checked, and connected to: a name that answers differently the
second time gains nothing.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

DEADLINE = 10.0
"""Seconds that all of it may take, however slowly the other side drips."""
LONGEST_ANSWER = 200
PORTS = {"http": 80, "https": 443}


class NotSentError(Exception):
    """No answer came; the message says why in a word: `address`, `lookup`, `internal`, `timeout`, `tls`, `connection`."""


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300


def post(url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Post to an address and return its answer, redirects included; NotSentError when there is none."""
    parts = parsed(url)
    connection = _connection(parts, _looked_up(parts))
    dropped = threading.Event()

    def drop() -> None:
        dropped.set()
        if connection.sock:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(DEADLINE, drop)
    watch.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=content, headers={**headers, "Host": parts.netloc})
        response = connection.getresponse()
        return Answer(response.status, response.read(LONGEST_ANSWER).decode("utf-8", "replace"))
    except ssl.SSLError:
        raise NotSentError("tls") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        slow = dropped.is_set() or isinstance(error, TimeoutError)
        raise NotSentError("timeout" if slow else "connection") from None
    finally:
        watch.cancel()
        connection.close()


def parsed(url: str) -> SplitResult:
    """Return the parts of an address; NotSentError for one that cannot be sent to: of another scheme, or with a password."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in PORTS and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise NotSentError("address")
    return parts


def _looked_up(parts: SplitResult) -> str:
    """Return one of a name's addresses; NotSentError when any of them is none of the open internet."""
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSentError("lookup") from None
    addresses = [str(entry[4][0]) for entry in found]
    is_open = parts.scheme == "http"  # what anyone on the way can read may only go within networks of our own
    if not addresses or not all(_is_allowed(address, is_open=is_open) for address in addresses):
        raise NotSentError("internal")
    return addresses[0]


def _is_allowed(address: str, *, is_open: bool) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
    if any(ip in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return ip.is_global and not ip.is_multicast and not is_open


def _connection(parts: SplitResult, address: str) -> http.client.HTTPConnection:
    port = parts.port or PORTS[parts.scheme]
    kind = _Pinned if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(address, port, timeout=DEADLINE)
    if isinstance(connection, _Pinned):
        connection.name = str(parts.hostname)
    return connection


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked up already, whose certificate must be the name's."""

    name = ""

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        context = ssl.create_default_context()
        wrapped = context.wrap_socket(self.sock, server_hostname=self.name, do_handshake_on_connect=False)
        self.sock = wrapped
        wrapped.do_handshake()
