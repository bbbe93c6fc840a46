"""An amount on its way: due, proposed, approved, invoiced."""

import pytest
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement, Payable, Payment
from payouts.sepa import calendar
from payouts.services import assessing, batching, issuing, paying, settings
from tests.bank import OURS
from tests.factories import MemberFactory
from tests.payouts.test_assessing import _work_until_due
from tests.stories import payee_of, tell


@pytest.fixture
def due(organisation: Organisation) -> Entitlement:
    told = tell(organisation)
    _work_until_due(told)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    with tenant(organisation.pk):
        return Entitlement.objects.get()


@pytest.fixture
def maker(inside: Organisation, due: Entitlement) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def checker(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def proposed(due: Entitlement, maker: Member) -> Payable:
    return paying.propose(entitlements=[due.pk], by=maker, at=timezone.now())[0]


@pytest.fixture
def approved(proposed: Payable, checker: Member) -> Payable:
    paying.approve(payables=[proposed.pk], on=timezone.localdate(), by=checker, at=timezone.now())
    proposed.refresh_from_db()
    return proposed


@pytest.fixture
def invoiced(inside: Organisation, approved: Payable) -> Payable:
    payee_of(inside, approved.member)
    issuing.issue_all(organisation=inside, at=timezone.now())
    return approved


@pytest.fixture
def payment(inside: Organisation, invoiced: Payable, maker: Member, checker: Member) -> Payment:
    settings.save(organisation=inside, fields={"iban": OURS})
    now, day = timezone.now(), calendar.next_settlement(timezone.localdate())
    batch = batching.propose(organisation=inside, until=None, execute_on=day, by=maker, at=now)
    batching.approve(batch=batch, by=checker, at=now)
    return Payment.objects.get()
