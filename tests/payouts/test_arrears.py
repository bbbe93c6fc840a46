"""Invoices that members are late to pay: reminded twice at most, in peace between, and told to finance."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Charge, Document, Movement, PaymentReminder
from payouts.selectors import arrears
from payouts.services import charging, reminding, settings, statements
from tests.bank import Entry, camt_of
from tests.factories import MemberFactory
from tests.stories import at, payee_of
from tests.stories_of_network import IBAN, pay, settle

TODAY = timezone.localdate()


@pytest.fixture
def finance(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def sale(inside: Organisation, finance: Member) -> Document:
    """An invoice of EUR 121 that somebody has to pay in thirty days."""
    settings.save(organisation=inside, fields={"iban": IBAN})
    member = MemberFactory(organisation=inside, name="Bas")
    payee_of(inside, member)
    fields = {"member": member, "kind": Charge.Kind.OTHER, "description": "A day", "amount": Decimal("100.00")}
    charging.charge(organisation=inside, fields=fields | {"supplied_on": TODAY}, by=None, at=timezone.now())
    settle(inside)
    return Document.objects.get(kind="sale")


def _remind(organisation: Organisation, sale: Document, days: int) -> int:
    assert sale.pay_by is not None
    return reminding.remind_debtors(organisation_id=organisation.pk, at=at(sale.pay_by + timedelta(days)))


def test_a_member_is_reminded_after_one_week_and_after_three(inside: Organisation, sale: Document) -> None:
    reminded = [days for days in range(1, 40) if _remind(inside, sale, days)]
    assert reminded == [7, 21]
    subjects = Message.objects.filter(kind="late").order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == [f"Reminder: invoice {sale.number}", f"Second reminder: invoice {sale.number}"]


def test_who_is_found_late_by_much_is_left_a_week_in_peace(inside: Organisation, sale: Document) -> None:
    assert [days for days in range(30, 45) if _remind(inside, sale, days)] == [30, 37]


def test_finance_sees_what_is_to_be_given_back(
    inside: Organisation, sale: Document, finance: Member, client: Client
) -> None:
    client.force_login(finance.user)
    assert "To be given back" not in client.get("/here/payouts/arrears/").text
    came = camt_of([Entry(Decimal("130.00"))], iban=IBAN)
    statements.import_file(organisation=inside, content=came, by=finance, at=timezone.now())
    said = {"documents": [sale.pk], "by": finance, "at": timezone.now(), "keeps_rest": True}
    statements.match_sales(movement=Movement.objects.get(), **said)
    page = client.get("/here/payouts/arrears/").text.replace("\xa0", " ")
    assert "EUR 9.00" in page.split("To be given back")[1]


def test_what_was_paid_is_not_reminded_of(inside: Organisation, sale: Document, finance: Member) -> None:
    pay(inside, sale, "121.00", finance)
    assert _remind(inside, sale, 30) == 0


def test_finance_sees_who_is_late_and_nobody_else_does(
    inside: Organisation, sale: Document, finance: Member, client: Client
) -> None:
    client.force_login(finance.user)
    assert "Nobody is late" in client.get("/here/payouts/arrears/").text
    assert sale.pay_by is not None
    PaymentReminder.objects.create(document=sale, number=1, sent_at=timezone.now())
    later = date.fromordinal(sale.pay_by.toordinal() + 1)
    assert [one.amount for one in arrears.arrears(later)] == [Decimal("121.00")]
    client.force_login(sale.member.user)
    assert client.get("/here/payouts/arrears/").status_code == 403
