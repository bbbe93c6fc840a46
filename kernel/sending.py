"""Sending to an address that somebody typed: only to the open internet, within seconds, following nothing, and signed.

The address is looked up once; what was looked up is checked, and connected to: a name that answers differently the
second time gains nothing.
"""

import base64
import contextlib
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from standardwebhooks import Webhook as Signer

DEADLINE = 10.0
"""Seconds that all of it may take after the name was looked up, however slowly the other side drips."""
LONGEST_ANSWER = 200
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 18 * 3600, 22 * 3600)
)
"""How long to wait after each failure: ten tries over three days."""
LEASE = timedelta(seconds=60)
"""For how long one try is somebody's own."""
PORTS = {"http": 80, "https": 443}
UNICAST = ipaddress.IPv6Network("2000::/3")
TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
"""Networks whose last four bytes are an address of version 4."""


NOT_SENT = {
    "address": _("nothing can be sent to this address"),
    "lookup": _("its name is not known"),
    "internal": _("it is not on the open internet"),
    "plain": _("only https:// goes to the open internet"),
    "timeout": _("no answer in ten seconds"),
    "tls": _("its certificate is not good"),
    "connection": _("no connection"),
}


class NotSentError(Exception):
    """No answer came; the message says why, by a key of NOT_SENT."""


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str


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
        connection.connect()
        if dropped.is_set():  # while connecting there was nothing to cut off yet
            raise TimeoutError
        connection.request("POST", path, body=content, headers={**headers, "Host": _host(parts)})
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


def new_secret() -> str:
    """Return a secret to sign with, as the Standard Webhooks specification writes them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def signed(key: str, secret: str, content: str) -> dict[str, str]:
    """Return the headers of the Standard Webhooks specification: signed at this moment; `key` is the same at each try."""
    now = timezone.now()
    return {
        "User-Agent": "Voorspraak",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(secret).sign(key, now, content),
    }


def parsed(url: str) -> SplitResult:
    """Return the parts of an address; NotSentError for one that cannot be sent to: of another scheme, or with a password."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in PORTS and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise NotSentError("address")
    if parts.scheme == "http" and not settings.WEBHOOK_NETWORKS:
        raise NotSentError("plain")
    return parts


def check_typed(url: str) -> None:
    """Raise ValidationError, in words, for an address that cannot be sent to."""
    try:
        parsed(url)
    except NotSentError as error:
        plain = _("It must begin with https://.")
        raise ValidationError(plain if str(error) == "plain" else _("Nothing can be sent to this address.")) from None


def _host(parts: SplitResult) -> str:
    """Return the name, and a port that is not the usual one, as the header has them."""
    name = str(parts.hostname).encode("idna").decode() if ":" not in str(parts.hostname) else f"[{parts.hostname}]"
    return f"{name}:{parts.port}" if parts.port else name


def _looked_up(parts: SplitResult) -> str:
    """Return one of a name's addresses; NotSentError when any of them is none of the open internet."""
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSentError("lookup") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(_is_ours(address) or _is_public(address) for address in addresses):
        raise NotSentError("internal")
    if parts.scheme == "http" and not all(map(_is_ours, addresses)):
        raise NotSentError("plain")  # what anyone on the way can read goes within networks of our own only
    return addresses[0]


def _is_ours(address: str) -> bool:
    """Whether an address is in a network of our own that webhooks may go to."""
    as_given = ipaddress.ip_address(address.split("%")[0])
    ours = [ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS]
    return any(ip in network for ip in (as_given, _ip(address)) for network in ours)


def _is_public(address: str) -> bool:
    ip = _ip(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip not in UNICAST:
        return False
    return ip.is_global and not ip.is_multicast


def _ip(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an address; of one of version 6 that stands for one of version 4, that one."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        for network in TRANSLATED:
            if ip in network:
                return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip


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
