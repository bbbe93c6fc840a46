"""Django's PostgreSQL backend, with a schema editor that keeps tenants apart."""

from django.db.backends.postgresql import base

from kernel.postgres.schema import DatabaseSchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
