"""Entering an organisation: the two lines that set the tenant of a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from kernel.fields import TENANT_SETTING

SET = f"SELECT set_config('{TENANT_SETTING}', %s, true)"
SWAP = f"SELECT current_setting('{TENANT_SETTING}', true), set_config('{TENANT_SETTING}', %s, true)"


class NoTransactionError(RuntimeError):
    """The tenant holds for one transaction; outside of one, setting it would silently do nothing."""


def set_tenant(organisation_id: int | None) -> None:
    """Set the tenant until the transaction ends; None leaves every tenant table empty."""
    if not connection.in_atomic_block:
        raise NoTransactionError
    with connection.cursor() as cursor:
        cursor.execute(SET, [str(organisation_id or "")])


@contextmanager
def tenant(organisation_id: int) -> Iterator[None]:
    """Run a block in a transaction as one organisation; nested, the outer one is set again afterwards."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SWAP, [str(organisation_id)])
            before = cursor.fetchone()[0]
        yield
        # The end of a transaction ends the setting; after an exception the savepoint restores it by itself.
        if nested and before != str(organisation_id):
            with connection.cursor() as cursor:
                cursor.execute(SET, [before or ""])


def current_organisation_id() -> int | None:
    """Return the id of the organisation that the transaction entered, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT NULLIF(current_setting('{TENANT_SETTING}', true), '')::bigint")
        row: tuple[int | None] = cursor.fetchone()
    return row[0]
