"""The demo's mails: files, written by Django's file backend, one a message."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

MOST = 100


@dataclass(frozen=True)
class Mail:
    """A mail that was sent."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def newest() -> list[Mail]:
    """Return the newest mails."""
    files = sorted(_folder().glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in files[:MOST]]


def read(name: str) -> Mail | None:
    """Return a mail by its name."""
    path = _folder() / f"{name}.log"
    return _read(path) if path.is_file() else None


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _read(path: Path) -> Mail:
    raw = path.read_bytes().rsplit(b"\n" + b"-" * 79, 1)[0]
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    date = message["Date"]
    return Mail(
        path.stem,
        str(message["To"]),
        str(message["Subject"]),
        _moment(str(date)) if date else None,
        body.get_content() if body else "",
    )


def _moment(header: str) -> datetime:
    """Read a Date header; one that says “-0000” means UTC."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
