"""The kernel's tables, and the rights of the application's role."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

RIGHTS = """
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app;
    REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM app;
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM app;
"""


def grant_rights(using: str, **_: Any) -> None:
    """Give the application's role what it needs and no more; runs as the owner after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute(RIGHTS)


class KernelConfig(AppConfig):
    name = "kernel"

    def ready(self) -> None:
        post_migrate.connect(grant_rights, sender=self)
