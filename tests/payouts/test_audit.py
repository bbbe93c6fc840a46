"""The audit finds what does not agree, and nothing else."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Account, Document, Entitlement, Payable, Payment, Series
from payouts.services import assessing
from referrals.models import Case
from tests.stories import tell
from tests.stories_of_money import tell_of_money

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(organisation: Organisation) -> Organisation:
    tell_of_money(tell(organisation))
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    return organisation


def _audit() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("audit", stdout=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    return 0, out.getvalue()


def test_what_agrees_is_not_named(approved: Organisation) -> None:
    assert _audit() == (0, "0 differences.\n")


def _drop_journal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payouts_payable SET state = 'paid'")


def _overwrite_picture() -> None:
    Path(Document.objects.get().pdf.path).write_bytes(b"%PDF-another")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda: Case.objects.update(stage="offered"), "stage is offered, its facts say working"),
        (lambda: Entitlement.objects.update(amount="1.00"), "the rules say ('due', Decimal('1200.00')"),
        (lambda: Payable.objects.update(amount="1.00"), "approved 1.00, and no adjustment for the difference"),
        (lambda: Account.objects.filter(kind="payable").update(balance=0), "balance 0.00, postings -1452.00"),
        (_drop_journal, "paid, but no payment paid a document of it"),
        (lambda: Payment.objects.update(state="paid", paid_on="2026-01-01"), "paid, but the journal says"),
        (lambda: Payment.objects.update(state="paid", paid_on="2026-01-01"), "its document was paid, but it is not"),
        (lambda: Series.objects.filter(name__startswith="SB").update(last=2), "numbers are not 1 to 2"),
        (_overwrite_picture, "its PDF is not the one that was stored"),
    ],
)
def test_what_does_not_agree_is_named(approved: Organisation, break_it: Callable[[], object], said: str) -> None:
    with tenant(approved.pk):
        break_it()
    code, text = _audit()
    assert code == 1
    assert said in text
