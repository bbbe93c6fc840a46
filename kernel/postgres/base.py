"""Django's PostgreSQL backend, with a schema editor that keeps tenants apart, and inserts that leave defaults out."""

from django.db.backends.postgresql import base, operations

from kernel.postgres.schema import DatabaseSchemaEditor


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "kernel.postgres.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations
