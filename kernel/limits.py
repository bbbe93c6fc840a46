"""How often someone may do something: counted in the cache that all processes share."""

import hashlib

from django.core.cache import cache


def within(action: str, who: object, most: int, seconds: int) -> bool:
    """Count one use and say whether it is within `most` uses in a window of so many seconds."""
    key = "limit:" + hashlib.sha256(f"{action}:{who}".encode()).hexdigest()
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # the window closed in between
        return True
