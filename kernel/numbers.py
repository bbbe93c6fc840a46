"""Numbers that requests name: typed by anyone, so not to be trusted to be any."""

LONGEST = 18
"""Digits of the greatest number that the database keeps as an id."""


def number(text: str | None) -> int | None:
    """Read a number of an address or a form; None for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < LONGEST else None
