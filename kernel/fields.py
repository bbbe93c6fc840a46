"""Fields of our own: whose a row is, filled in by the database and never by code; JSON that keeps its order."""

import json
from typing import Any

from django.db import models
from django.db.models.expressions import Func
from psycopg.types.json import Json

TENANT_SETTING = "app.organisation_id"


class CurrentOrganisation(Func):
    """The organisation of the transaction, as the database knows it; NULL where none was entered."""

    template = f"NULLIF(current_setting('{TENANT_SETTING}', true), '')::bigint"
    output_field = models.BigIntegerField()
    allowed_default = True

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "kernel.fields.CurrentOrganisation", [], {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CurrentOrganisation)

    def __hash__(self) -> int:
        return hash(CurrentOrganisation)


class Tenant(models.ForeignKey):  # type: ignore[type-arg]
    """A row's organisation. `kernel.postgres.schema` protects every table that has this field."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("to", "members.Organisation")
        options.setdefault("on_delete", models.PROTECT)
        options.setdefault("related_name", "+")
        options.setdefault("editable", False)
        options.setdefault("db_index", False)  # the unique key on (organisation, id) serves
        options["db_default"] = CurrentOrganisation()
        super().__init__(**options)


class OrderedJSONField(models.JSONField):
    """JSON whose keys keep the order in which they were written; for documents that people read. Cannot be queried."""

    def db_type(self, connection: Any) -> str:
        return "json"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if value is None else Json(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value
