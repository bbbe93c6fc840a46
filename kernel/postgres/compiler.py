"""How statements are written: Django's, but rows that leave a column to its default do not name that column."""

from typing import Any

from django.db.backends.postgresql import compiler
from django.db.models.expressions import DatabaseDefault

SQLCompiler = compiler.SQLCompiler
SQLDeleteCompiler = compiler.SQLDeleteCompiler
SQLUpdateCompiler = compiler.SQLUpdateCompiler
SQLAggregateCompiler = compiler.SQLAggregateCompiler


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """Leaves out what is the default in every row, such as whose rows they are.

    Django writes the word DEFAULT for each row and column, and then cannot send the rows as one array for each column,
    which takes a third of the time for thousands of rows.
    """

    def as_sql(self) -> Any:  # type: ignore[override]  # as the one that it refines
        objects = self.query.objs
        told = [
            field
            for field in self.query.fields
            if not all(isinstance(getattr(one, field.attname), DatabaseDefault) for one in objects)
        ]
        if told:
            self.query.fields = told
        return super().as_sql()
