"""Tests run as the application's role; the database is made, and migrated, by its owner."""

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs an event loop in the test's thread

import hypothesis
import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import connections
from django.dispatch import receiver
from django.http import HttpRequest

from kernel.tenancy import tenant
from members.models import Member, Organisation, User
from tests.factories import MemberFactory, OrganisationFactory
from tests.listener import Listener

# A live server's thread may keep its connection; the database could not be dropped then.
LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


hypothesis.settings.register_profile("ours", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("ours")


def pytest_configure() -> None:
    if "DATABASE_URL" not in os.environ:
        raise pytest.UsageError("run the tests by `./run test [arguments]`: it starts the servers they need")


def _log_in_as(role: dict[str, Any]) -> None:
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(USER=role["USER"], PASSWORD=role["PASSWORD"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    settings.APP_ROLE = dict(settings.DATABASES["default"])
    _log_in_as(settings.DATABASE_OWNER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """From here on as the application's role. It may truncate in tests only, since pytest-django empties tables so."""
    with django_db_blocker.unblock():
        with connections["default"].cursor() as cursor:
            cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO app")
        _log_in_as(settings.APP_ROLE)
    yield
    with django_db_blocker.unblock():
        with connections["default"].cursor() as cursor:
            cursor.execute(LEAVE)
        _log_in_as(settings.DATABASE_OWNER)


@receiver(user_logged_in)
def _as_by_a_code(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Whom a test signs in, signed in by a code in a mail just now."""
    record_authentication(request, user, method="code")


@pytest.fixture
def organisation(db: None) -> Organisation:
    return OrganisationFactory(slug="here")


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    return OrganisationFactory(slug="elsewhere")


@pytest.fixture
def inside(organisation: Organisation) -> Iterator[Organisation]:
    """Run the test inside an organisation, as a request would."""
    with tenant(organisation.pk):
        yield organisation


@pytest.fixture
def member(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside)


@pytest.fixture
def recruiter(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["recruiter"])


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not executable:
        pytest.fail("no Chromium: ./run test installs it, or CHROMIUM names one")
    flags = [
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    if os.geteuid() == 0 or os.environ.get("CHROMIUM_NO_SANDBOX"):
        flags.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": executable, "args": flags}
