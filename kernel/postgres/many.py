"""Many rows changed by one statement, each with a value of its own."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models


def update_each(model: type[models.Model], field: str, values: Mapping[int, Any], **same: Any) -> None:
    """Set a field of rows, by their ids, each to its value; and other fields to what is the same for all.

    Django's own bulk_update writes a condition for each row, which costs more than the change for thousands of them.
    """
    if not values:
        return
    column, kind = _column(model, field), model._meta.get_field(field).db_type(connection)
    table = connection.ops.quote_name(model._meta.db_table)
    fixed = "".join(f", {_column(model, name)} = %s" for name in same)
    sql = (
        f"UPDATE {table} SET {column} = told.value{fixed} "  # noqa: S608 - names of our own models
        f"FROM unnest(%s::bigint[], %s::{kind}[]) AS told (id, value) WHERE {table}.id = told.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*same.values(), list(values), list(values.values())])


def _column(model: type[models.Model], field: str) -> str:
    found = model._meta.get_field(field)
    assert isinstance(found, models.Field)
    assert found.column is not None
    return connection.ops.quote_name(found.column)
