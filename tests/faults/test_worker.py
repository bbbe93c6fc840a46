"""Nothing is lost or done twice: a worker is killed, the broker is emptied, a task comes twice."""

import os
import signal
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kernel import tasks, work
from kernel.models import Work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Entitlement
from referrals.models import Case
from tests.factories import MemberFactory, OrganisationFactory
from tests.faults.conftest import Start, wait_for
from tests.stories import publish, recommend

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 60


@pytest.fixture
def busy() -> Organisation:
    """An organisation with cases to assess."""
    organisation = OrganisationFactory(slug="here")
    member = MemberFactory(organisation=organisation)
    with tenant(organisation.pk):
        publish()
        for number in range(CASES):
            recommend(organisation, member, timezone.localdate() - timedelta(1), f"person{number}@mail.example")
    return organisation


def _assessed(organisation: Organisation) -> int:
    with tenant(organisation.pk):
        return Entitlement.objects.count()


def _broker() -> redis.Redis:
    address, _, number = settings.CELERY_BROKER_URL.removeprefix("redis+socket://").partition("?virtual_host=")
    return redis.Redis(unix_socket_path=address, db=int(number))


def test_a_hint_makes_a_worker_do_it(busy: Organisation, start_worker: Start) -> None:
    start_worker()
    wait_for(lambda: _assessed(busy) == CASES)
    wait_for(lambda: not Work.objects.filter(due_at__lte=timezone.now()).exists())


def test_what_hints_were_lost_is_swept_up(busy: Organisation, start_worker: Start) -> None:
    _broker().flushdb()
    start_worker()
    tasks.sweep.delay()
    wait_for(lambda: _assessed(busy) == CASES)


def test_a_task_that_comes_many_times_does_it_once(busy: Organisation, start_worker: Start) -> None:
    for _ in range(8):
        tasks.run.delay(busy.pk, "assess")
    start_worker()
    wait_for(lambda: _assessed(busy) == CASES)
    _broker().flushdb()
    assert _assessed(busy) == CASES


def test_a_worker_killed_in_mid_batch_leaves_nothing_half_done(busy: Organisation, start_worker: Start) -> None:
    with tenant(busy.pk), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM referrals_case ORDER BY id DESC LIMIT 1 FOR UPDATE")
        cursor.execute("LOCK TABLE payouts_entitlement IN SHARE MODE")  # the worker waits in the middle of its batch
        process = start_worker()
        wait_for(_somebody_waits)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert _assessed(busy) == 0
    with tenant(busy.pk):
        assert Case.objects.filter(next_check_on__lte=timezone.localdate()).count() == CASES
    _broker().flushdb()
    start_worker()
    tasks.sweep.delay()
    wait_for(lambda: _assessed(busy) == CASES)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'payouts_entitlement'::regclass")
        return bool(cursor.fetchone()[0])


def test_a_request_does_not_fail_because_the_broker_does(busy: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.run.app.conf, "broker_url", "redis+socket:///nowhere.sock")
    monkeypatch.setattr(tasks.run.app.amqp, "_producer_pool", None)
    before = Work.objects.count()
    with tenant(busy.pk):
        work.add(busy.pk, "assess")
    assert Work.objects.count() == before + 1
