"""Documents and payments under faults: killed between number and picture, a full disk, many at once."""

import contextlib
import os
import resource
import signal
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kernel import tasks
from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Batch, Document, Entitlement, Movement, Payable, Payment
from payouts.selectors.auditing.everything import differences
from payouts.sepa import calendar
from payouts.services import assessing, batching, issuing, paying, rendering, statements
from payouts.services import settings as payout_settings
from referrals.services import facts
from tests.bank import OURS, Entry, camt_of
from tests.factories import MemberFactory, OrganisationFactory
from tests.faults.conftest import Start, wait_for
from tests.faults.test_money import _at_once
from tests.stories import payee_of, publish, recommend

pytestmark = pytest.mark.django_db(transaction=True)
AMOUNTS, AT_ONCE = 12, 6
SMALL = 2048
"""Bytes that a file may have while the disk is full; a picture has more."""


@pytest.fixture
def organisation() -> Organisation:
    """An organisation in which a member waits for the documents of several approved amounts."""
    made = OrganisationFactory(slug="here")
    member, maker, checker = (MemberFactory(organisation=made, name=name) for name in ("An", "Maker", "Checker"))
    with tenant(made.pk):
        reward = {"id": "bonus", "to": "introducer", "amount": {"kind": "fixed", "amount": "10.00"}}
        reward["instalments"] = [{"share": "100%", "when": {"kind": "fact", "fact": "interviewed"}}]
        publish(rewards=[reward], eligibility=[])
        for number in range(AMOUNTS):
            case, _ = recommend(made, member, timezone.localdate(), f"person{number}@mail.example")
            interviewed = facts.NewFact("interviewed", timezone.localdate())
            facts.record(case=case, facts=[interviewed], at=timezone.now())
    assessing.assess_due(organisation_id=made.pk, at=timezone.now())
    with tenant(made.pk):
        wanted = [entitlement.pk for entitlement in Entitlement.objects.all()]
        ids = [one.pk for one in paying.propose(entitlements=wanted, by=maker, at=timezone.now())]
        payee_of(made, member)
        payout_settings.save(organisation=made, fields={"iban": OURS})
        paying.approve(payables=ids, on=timezone.localdate(), by=checker, at=timezone.now())
    return made


def _member(organisation: Organisation, name: str) -> Member:
    with tenant(organisation.pk):
        return Member.objects.select_related("user").get(name=name)


def _agrees(organisation: Organisation) -> bool:
    with tenant(organisation.pk):
        return list(differences()) == []


def test_of_many_issuers_at_once_each_amount_is_invoiced_by_one_and_no_number_is_left_out(
    organisation: Organisation,
) -> None:
    def issue(_number: int) -> None:
        issuing.issue_all(organisation=organisation, at=timezone.now())

    _at_once(issue, AT_ONCE)
    issue(0)
    with tenant(organisation.pk):
        assert sorted(Document.objects.values_list("sequence", flat=True)) == list(range(1, AMOUNTS + 1))
        assert Payable.objects.filter(lines=None).count() == 0
    assert _agrees(organisation)


@contextlib.contextmanager
def _full_disk() -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    earlier = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, earlier)


def test_a_full_disk_keeps_the_numbers_and_leaves_no_truncated_file(organisation: Organisation) -> None:
    issuing.issue_all(organisation=organisation, at=timezone.now())
    with tenant(organisation.pk):
        tomorrow = timezone.now() + timedelta(days=1)
        Document.objects.exclude(sequence=1).update(next_try_at=tomorrow)  # one picture is enough here
    folder = Path(settings.MEDIA_ROOT) / "documents" / str(organisation.pk)
    with _full_disk():
        rendering.render_all(organisation_id=organisation.pk)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    with tenant(organisation.pk):
        first = Document.objects.get(sequence=1)
        assert (first.sha256, first.tries) == ("", 1)
        Document.objects.filter(pk=first.pk).update(next_try_at=timezone.now())
    rendering.render_all(organisation_id=organisation.pk)
    with tenant(organisation.pk):
        assert len(Document.objects.get(sequence=1).sha256) == 64
    assert _agrees(organisation)


def test_killed_between_number_and_picture_both_come_once(organisation: Organisation, start_worker: Start) -> None:
    with tenant(organisation.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payouts_document")
    process = start_worker()
    tasks.sweep.delay()
    wait_for(lambda: _count(organisation, sha256="") > 0)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with tenant(organisation.pk):
        numbers = sorted(Document.objects.values_list("number", flat=True))
    start_worker()
    tasks.sweep.delay()
    wait_for(lambda: _count(organisation) == AMOUNTS)
    with tenant(organisation.pk):  # what was being drawn when the worker died is tried again later; here at once
        Document.objects.filter(sha256="", next_try_at__gt=timezone.now()).update(next_try_at=timezone.now())
    rendering.render_all(organisation_id=organisation.pk)
    wait_for(lambda: _count(organisation, sha256="") == 0)
    with tenant(organisation.pk):
        assert set(numbers) <= set(Document.objects.values_list("number", flat=True))
    assert _agrees(organisation)


def _count(organisation: Organisation, **wanted: str) -> int:
    with tenant(organisation.pk):
        return Document.objects.filter(**wanted).count()


def test_of_many_who_propose_a_batch_at_once_one_does(organisation: Organisation) -> None:
    issuing.issue_all(organisation=organisation, at=timezone.now())
    by, day = _member(organisation, "Maker"), calendar.next_settlement(timezone.localdate())
    made: list[int] = []

    def propose(_number: int) -> None:
        with contextlib.suppress(batching.NothingToPayError), tenant(organisation.pk):
            batch = batching.propose(organisation=organisation, until=None, execute_on=day, by=by, at=timezone.now())
            made.append(batch.pk)

    _at_once(propose, AT_ONCE)
    assert len(made) == 1
    with tenant(organisation.pk):
        assert (Batch.objects.count(), Payment.objects.get().amount) == (1, Decimal("145.20"))
    assert _agrees(organisation)


def test_of_many_who_import_one_statement_at_once_one_does(organisation: Organisation) -> None:
    issuing.issue_all(organisation=organisation, at=timezone.now())
    maker, checker = _member(organisation, "Maker"), _member(organisation, "Checker")
    day = calendar.next_settlement(timezone.localdate())
    with tenant(organisation.pk):
        batch = batching.propose(organisation=organisation, until=None, execute_on=day, by=maker, at=timezone.now())
        batching.approve(batch=batch, by=checker, at=timezone.now())
        payment = Payment.objects.get()
    content = camt_of([Entry(-payment.amount, payment.end_to_end_id), Entry(Decimal("-1.00"))])
    imported: list[statements.Imported] = []

    def read(_number: int) -> None:
        with contextlib.suppress(statements.ImportedAlreadyError), tenant(organisation.pk):
            imported.append(
                statements.import_file(organisation=organisation, content=content, by=maker, at=timezone.now())
            )

    _at_once(read, AT_ONCE)
    assert imported == [statements.Imported(new=2, matched=1, known=0)]
    with tenant(organisation.pk):
        assert (Movement.objects.count(), Payable.objects.filter(state="paid").count()) == (2, AMOUNTS)
    assert _agrees(organisation)
