"""Consecutive numbers without gaps: a number is drawn in the transaction that uses it, or was never drawn."""

from django.db import connection

from payouts.models import Series

DRAW = """
    INSERT INTO payouts_series AS known (name, last) VALUES (%s, 1)
    ON CONFLICT (organisation_id, name) DO UPDATE SET last = known.last + 1
    RETURNING id, last
"""


def draw(name: str) -> tuple[Series, int]:
    """Draw the next number of a series; others who want one of the same series wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [name])
        pk, number = cursor.fetchone()
    return Series(pk=pk, name=name, last=number), number
