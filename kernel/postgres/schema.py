"""Tables of tenants, protected by the database from the moment they are made.

A model with a `Tenant` field gets row-level security, enabled and forced (so that it binds the owner as well), one
policy, and a unique key on (organisation, id). Foreign keys between two such models are composite on both columns: a
plain one would accept another organisation's row, since PostgreSQL checks keys without row-level security.
"""

from typing import Any

from django.db.backends.ddl_references import Columns, Statement
from django.db.backends.postgresql import schema
from django.db.models import Model

from kernel.fields import TENANT_SETTING, Tenant

# Not wrapped in a SELECT: bare, the planner reckons with the real value. NULLIF, because after the transaction
# the setting reads '' rather than NULL.
MINE = "{column} = NULLIF(current_setting('" + TENANT_SETTING + "', true), '')::bigint"
PROTECT = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY tenant ON {{table}} USING ({MINE}) WITH CHECK ({MINE})",
)
KEY = "ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({column}, {pk})"


def tenant_field(model: type[Model]) -> Tenant | None:
    """Return the field that says whose a row is; None for a table that all share."""
    return next((field for field in model._meta.local_fields if isinstance(field, Tenant)), None)


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Makes every tenant's table a protected one; no migration has to remember it."""

    sql_create_column_inline_fk = None  # type: ignore[assignment]  # so that all keys go through _create_fk_sql

    def create_model(self, model: type[Model]) -> None:
        super().create_model(model)
        field = tenant_field(model)
        if field:
            self._protect(model, field)

    def add_field(self, model: type[Model], field: Any) -> None:
        super().add_field(model, field)
        if isinstance(field, Tenant):
            self._protect(model, field)

    def _protect(self, model: type[Model], field: Tenant) -> None:
        names = {
            "table": self.quote_name(model._meta.db_table),
            "column": self.quote_name(str(field.column)),
            "pk": self.quote_name(str(model._meta.pk.column)),
            "name": self.quote_name(f"{model._meta.db_table}_of_organisation"),
        }
        for statement in PROTECT + ((KEY,) if field.db_constraint else ()):  # type: ignore[attr-defined]
            self.execute(statement.format(**names), params=None)

    def _create_fk_sql(self, model: type[Model], field: Any, suffix: str) -> Statement:
        statement: Statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        ours, theirs = tenant_field(model), tenant_field(field.remote_field.model)
        if ours and theirs and not isinstance(field, Tenant):
            target = field.target_field
            statement.parts["column"] = self._columns(model, ours, field)
            statement.parts["to_column"] = self._columns(target.model, theirs, target)
        return statement

    def _columns(self, model: type[Model], *fields: Any) -> Columns:
        return Columns(model._meta.db_table, [str(field.column) for field in fields], self.quote_name)
