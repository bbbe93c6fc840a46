"""Every table belongs to organisations, and is protected, or stands on a short list of those that all share."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from kernel.postgres.schema import tenant_field

pytestmark = pytest.mark.django_db

SHARED = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "kernel_cache",
    "kernel_link",
    "kernel_usage",
    "kernel_work",
    "members_membership",
    "members_organisation",
    "members_organisationevent",
    "members_user",
    "mfa_authenticator",
    "pghistory_context",
    "usersessions_usersession",
}


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _tenant_tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models() if tenant_field(model)}


def test_every_table_is_an_organisations_or_known_to_be_shared() -> None:
    tables = {
        name
        for (name,) in _rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
    }
    assert tables - _tenant_tables() == SHARED


def test_every_table_of_organisations_has_row_level_security_enabled_and_forced() -> None:
    protected = {name for (name,) in _rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}
    assert protected == _tenant_tables()


def test_every_table_of_organisations_has_the_one_policy() -> None:
    found = _rows("SELECT tablename, cmd, permissive, roles::text, qual, with_check FROM pg_policies")
    mine = "(organisation_id = (NULLIF(current_setting('app.organisation_id'::text, true), ''::text))::bigint)"
    assert sorted(found) == sorted((table, "ALL", "PERMISSIVE", "{public}", mine, mine) for table in _tenant_tables())


def test_every_key_between_tables_of_organisations_names_the_organisation() -> None:
    found = _rows(
        """SELECT conrelid::regclass::text, confrelid::regclass::text, conname,
                  (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey))
           FROM pg_constraint WHERE contype = 'f'"""
    )
    tenants = _tenant_tables()
    between = [(name, columns) for table, target, name, columns in found if table in tenants and target in tenants]
    assert between
    assert [name for name, columns in between if "organisation_id" not in columns] == []


def test_every_unique_key_of_organisations_names_the_organisation() -> None:
    found = _rows(
        """SELECT indrelid::regclass::text, indexrelid::regclass::text,
                  (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0])
           FROM pg_index WHERE indisunique AND NOT indisprimary"""
    )
    tenants = _tenant_tables()
    assert [name for table, name, first in found if table in tenants and first != "organisation_id"] == []


def test_nothing_bypasses_row_level_security() -> None:
    assert _rows("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace") == []
    assert (
        _rows("SELECT relname FROM pg_class WHERE relkind IN ('m', 'v') AND relnamespace = 'public'::regnamespace")
        == []
    )
