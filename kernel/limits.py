"""How often someone may do something: counted in one statement, in a table that all processes share."""

import hashlib
from collections.abc import Hashable, Iterable
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from kernel.models import Usage

Who = TypeVar("Who", bound=Hashable)


class TooManyError(Exception):
    """Somebody did more of something than is allowed in its window of time."""


COUNT = """
    INSERT INTO kernel_usage AS known (key, count, expires_at) VALUES (%s, 1, now() + make_interval(secs => %s))
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN known.expires_at < now() THEN 1 ELSE known.count + 1 END,
        expires_at = CASE WHEN known.expires_at < now() THEN excluded.expires_at ELSE known.expires_at END
    RETURNING count
"""


def within(action: str, who: object, most: int, seconds: int) -> bool:
    """Count one use and say whether it is within `most` uses in a window of so many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(action, who), seconds])
        count: int = cursor.fetchone()[0]
    return count <= most


def use(action: str, who: object, most: int, seconds: int) -> None:
    """Count one use; TooManyError beyond `most` uses in a window of so many seconds."""
    if not within(action, who, most, seconds):
        raise TooManyError


def remember(action: str, who: object, seconds: int) -> None:
    """Note that something happened, for so many seconds."""
    within(action, who, 1, seconds)


def remembered(action: str, who: Iterable[Who]) -> set[Who]:
    """Return of whom something was noted, and not too long ago."""
    keys = {_key(action, one): one for one in who}
    known = Usage.objects.filter(key__in=list(keys), expires_at__gt=timezone.now())
    return {keys[bytes(key)] for key in known.values_list("key", flat=True)}


def _key(action: str, who: object) -> bytes:
    return hashlib.sha256(f"{action}:{who}".encode()).digest()
