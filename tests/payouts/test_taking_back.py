"""A movement that was matched with the wrong invoice, or put aside wrongly, is open again, and everything stands as before."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Account, Document, Entitlement, Movement, Payment
from payouts.selectors import remittances
from payouts.selectors.auditing.everything import differences
from payouts.selectors.payables import adjustments
from payouts.selectors.statements import open_sales, unpaid_sales
from payouts.services import charging, issuing, settings, statements
from referrals.models import Placement
from tests.bank import OURS, Entry, camt_of
from tests.factories import MemberFactory
from tests.payouts.test_remittances import FEBRUARY, _propose_and_approve, clerk, performer, placement, sharer
from tests.stories import payee_of
from tests.stories_of_network import earn, pay, settle

__all__ = ["clerk", "performer", "placement", "sharer"]
D = Decimal
TODAY = timezone.localdate()


@pytest.fixture
def finance(inside: Organisation) -> Member:
    settings.save(organisation=inside, fields={"iban": OURS})
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def customer(inside: Organisation) -> Member:
    customer = MemberFactory(organisation=inside, name="Lotte")
    payee_of(inside, customer)
    return customer


def _sale(member: Member, organisation: Organisation) -> Document:
    fields = {"member": member, "kind": "dues", "description": "Q4", "amount": D(50), "supplied_on": TODAY}
    charging.charge(organisation=organisation, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=organisation, at=timezone.now())
    return Document.objects.latest("pk")


def _came(organisation: Organisation, by: Member, *amounts: str) -> list[Movement]:
    entries = [Entry(D(amount), bank_reference=str(place)) for place, amount in enumerate(amounts)]
    statements.import_file(organisation=organisation, content=camt_of(entries), by=by, at=timezone.now())
    return list(Movement.objects.order_by("pk"))


def _left() -> list[Decimal]:
    return [one.left for one in open_sales()]


def test_what_paid_the_wrong_invoice_pays_the_right_one(
    inside: Organisation, finance: Member, customer: Member
) -> None:
    wrong, right = _sale(customer, inside), _sale(customer, inside)
    (came,) = _came(inside, finance, "60.50")
    said = {"by": finance, "at": timezone.now()}
    statements.match_sales(movement=came, documents=[wrong.pk], **said)
    statements.take_back(movement=came, **said)
    came.refresh_from_db()
    assert (came.state, came.settled_by) == ("open", None)
    assert _left() == [D("60.50"), D("60.50")]
    assert list(differences()) == []
    statements.match_sales(movement=came, documents=[right.pk], **said)
    statements.take_back(movement=came, **said)
    statements.match_sales(movement=came, documents=[wrong.pk], **said)
    assert [one.pk for one in unpaid_sales()] == [right.pk]
    assert Account.objects.get(kind="receivable", member=customer).balance == D("60.50")
    assert list(differences()) == []


def test_what_was_set_off_by_it_is_open_again_too(inside: Organisation, finance: Member, customer: Member) -> None:
    first, _second = _sale(customer, inside), _sale(customer, inside)
    (came,) = _came(inside, finance, "100.00")
    said = {"by": finance, "at": timezone.now()}
    statements.match_sales(movement=came, documents=[first.pk], keeps_rest=True, **said)
    assert _left() == [D("21.00")]
    statements.take_back(movement=came, **said)
    assert _left() == [D("60.50"), D("60.50")]
    assert list(differences()) == []


def test_what_an_introducer_was_to_get_by_it_waits_again(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    pay(inside, Document.objects.get(kind="sale"), "2178.00", clerk)
    of_introducer = Entitlement.objects.get(party="introducer", unit="EUR")
    assert of_introducer.released == D("900.00")
    statements.take_back(movement=Movement.objects.get(), by=clerk, at=timezone.now())
    settle(inside)
    of_introducer.refresh_from_db()
    assert of_introducer.released == D(0)
    assert list(differences()) == []


def test_what_was_approved_by_it_differs_until_it_is_matched_anew(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    checker = MemberFactory(organisation=inside, roles=["finance"])
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    sale = Document.objects.get(kind="sale")
    pay(inside, sale, "2178.00", clerk)
    _propose_and_approve(clerk, checker)
    said = {"movement": Movement.objects.get(), "by": clerk, "at": timezone.now()}
    statements.take_back(**said)
    settle(inside)
    assert [one.difference for one in adjustments()] == [D("-900.00")]
    assert list(differences()) == []
    statements.match_sales(documents=[sale.pk], **said)
    settle(inside)
    assert list(adjustments()) == []
    assert list(differences()) == []


def test_what_is_matched_anew_was_paid_on_the_day_on_which_it_came(
    inside: Organisation, placement: Placement, clerk: Member
) -> None:
    earn(placement, FEBRUARY, "12000.00")
    settle(inside)
    sale = Document.objects.get(kind="sale")
    before = TODAY - timedelta(40)
    pay(inside, sale, "2178.00", clerk, on=before)
    said = {"movement": Movement.objects.get(), "by": clerk, "at": timezone.now()}
    statements.take_back(**said)
    statements.match_sales(documents=[sale.pk], **said)
    (paid,) = remittances.paid(sale.lines.values_list("charge__revenue", flat=True)).values()
    assert (paid.paid, paid.last_on) == (D("1800.00"), before)


def test_what_was_put_aside_is_open_again(inside: Organisation, finance: Member, client: Client) -> None:
    first, second = _came(inside, finance, "-3.00", "-4.00")
    statements.ignore(movement=second, because="Costs", by=finance, at=timezone.now())
    client.force_login(finance.user)
    page = client.get(f"/here/payouts/statements/read/{first.statement_id}/").text
    assert "Costs" in page
    assert page.count("Take it back") == 1
    assert client.post(f"/here/payouts/statements/{second.pk}/back/").status_code == 302
    assert set(Movement.objects.values_list("state", "note")) == {("open", "")}
    again = client.post(f"/here/payouts/statements/{second.pk}/back/", follow=True)
    assert "It was taken back already, and is open." in again.text


def test_what_settled_a_payment_stands(inside: Organisation, payment: Payment, checker: Member) -> None:
    content = camt_of([Entry(-payment.amount, payment.end_to_end_id)])
    statements.import_file(organisation=inside, content=content, by=checker, at=timezone.now())
    with pytest.raises(statements.CannotBeTakenBackError):
        statements.take_back(movement=Movement.objects.get(), by=checker, at=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "paid"


def test_nobody_takes_back_what_paid_their_own_invoice(inside: Organisation, finance: Member) -> None:
    payee_of(inside, finance)
    own, other = _sale(finance, inside), MemberFactory(organisation=inside, roles=["finance"])
    (came,) = _came(inside, finance, "60.50")
    statements.match_sales(movement=came, documents=[own.pk], by=other, at=timezone.now())
    with pytest.raises(statements.OwnMoneyError):
        statements.take_back(movement=came, by=finance, at=timezone.now())
    assert _left() == []
