"""Where webhooks may go: the open internet, over HTTPS, and networks that the installation names."""

import socket
from typing import Any

import pytest

from kernel import sending


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.9",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "0.0.0.0",
        "224.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "::7f00:1",
        "2002:7f00:1::",
        "fec0::1",
    ],
)
def test_nothing_is_sent_into_a_network_of_our_own(
    address: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_NETWORKS = []
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    answer = [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    with pytest.raises(sending.NotSentError, match="internal"):
        sending.post("https://hooks.example/", b"", {})


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "https://user:pass@x.example/", "https:///x", "https://x.example:0/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(sending.NotSentError, match="address"):
        sending.parsed(url)


def test_in_the_open_nothing_goes_over_http(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEBHOOK_NETWORKS = []
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    with pytest.raises(sending.NotSentError, match="plain"):
        sending.post("http://hooks.example/", b"", {})
