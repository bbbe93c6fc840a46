"""How often someone may do something: counted in one statement, in a table that all processes share."""

import hashlib

from django.db import connection

COUNT = """
    INSERT INTO kernel_usage AS known (key, count, expires_at) VALUES (%s, 1, now() + make_interval(secs => %s))
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN known.expires_at < now() THEN 1 ELSE known.count + 1 END,
        expires_at = CASE WHEN known.expires_at < now() THEN excluded.expires_at ELSE known.expires_at END
    RETURNING count
"""


def within(action: str, who: object, most: int, seconds: int) -> bool:
    """Count one use and say whether it is within `most` uses in a window of so many seconds."""
    key = hashlib.sha256(f"{action}:{who}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, seconds])
        count: int = cursor.fetchone()[0]
    return count <= most
