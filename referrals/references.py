"""References of cases: short, speakable, and telling nothing of how many there are."""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; nothing that looks like something else
LENGTH = 7


def new() -> str:
    """Return a random reference such as K7Q3M9X."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
