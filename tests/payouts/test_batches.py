"""Payments by bank: what is ready, two people, one file that never changes, and how it went."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from lxml import etree

from members.models import Member, Organisation
from payouts.models import Account, Batch, Document, Payable, Payment, PaymentPart
from payouts.readiness import LeftOut
from payouts.selectors.auditing.everything import differences
from payouts.selectors.ready import ready
from payouts.sepa import calendar
from payouts.services import answering, batching, crediting, payees, paying, settings, settling
from tests.factories import MemberFactory
from tests.stories import payee_of

TODAY = timezone.localdate()
EXECUTE_ON = calendar.next_settlement(TODAY)
OURS = "BE68539007547034"


@pytest.fixture
def batch(inside: Organisation, invoiced: Payable, maker: Member) -> Batch:
    settings.save(organisation=inside, fields={"iban": OURS})
    return _propose(inside, maker)


@pytest.fixture
def standing(batch: Batch, checker: Member) -> Batch:
    batching.approve(batch=batch, by=checker, at=timezone.now())
    batch.refresh_from_db()
    return batch


def _propose(organisation: Organisation, by: Member, until: date | None = None) -> Batch:
    return batching.propose(organisation=organisation, until=until, execute_on=EXECUTE_ON, by=by, at=timezone.now())


def _why_left_out(organisation: Organisation) -> list[LeftOut | None]:
    return [row.left_out for row in ready(organisation, "EUR", timezone.now())]


def test_a_batch_pays_each_document_once(inside: Organisation, batch: Batch, maker: Member) -> None:
    payment = Payment.objects.get()
    assert (payment.amount, payment.iban, payment.text, payment.end_to_end_id) == (
        Decimal("1452.00"), OURS, Document.objects.get().number, "B000001-00001"
    )  # fmt: skip
    with pytest.raises(batching.NothingToPayError):
        _propose(inside, maker)


def test_a_document_stands_in_one_payment_only(batch: Batch) -> None:
    part = PaymentPart.objects.get()
    with pytest.raises(IntegrityError, match="document_paid_once"), transaction.atomic():
        PaymentPart.objects.create(payment=part.payment, document=part.document, amount=part.amount)


def test_nothing_is_paid_without_an_account_of_ours(inside: Organisation, invoiced: Payable, maker: Member) -> None:
    with pytest.raises(batching.NoAccountError):
        _propose(inside, maker)


def test_what_was_promised_later_waits(inside: Organisation, invoiced: Payable, maker: Member) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    before = Document.objects.get().pay_by - timedelta(1)
    with pytest.raises(batching.NothingToPayError):
        _propose(inside, maker, until=before)
    assert _propose(inside, maker, until=before + timedelta(1))


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2026, 11, 28), date(2020, 1, 2)])
def test_the_bank_executes_on_a_day_of_settlement(
    inside: Organisation, invoiced: Payable, maker: Member, day: date
) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    with pytest.raises(batching.NoSettlementDayError):
        batching.propose(organisation=inside, until=None, execute_on=day, by=maker, at=timezone.now())


def test_an_account_that_was_changed_is_not_paid_to_for_72_hours(inside: Organisation, invoiced: Payable) -> None:
    changed = timezone.now()
    payees.save_details(
        organisation=inside, member=invoiced.member, fields={"iban": "BE71096123456769"}, vat=None, at=changed
    )
    assert _why_left_out(inside) == [LeftOut.RESTING]
    after = ready(inside, "EUR", changed + timedelta(hours=73))
    assert [row.left_out for row in after] == [None]


def test_what_is_contested_is_not_paid(inside: Organisation, invoiced: Payable, maker: Member) -> None:
    document = Document.objects.get()
    answering.contest(document=document, because="The name is wrong.", by=invoiced.member, at=timezone.now())
    assert _why_left_out(inside) == [LeftOut.CONTESTED]
    with pytest.raises(paying.NotPayableError):
        paying.mark_paid(payable=invoiced, on=TODAY, reference="X", by=maker, at=timezone.now())


def test_what_a_batch_pays_is_not_taken_back(batch: Batch, checker: Member) -> None:
    with pytest.raises(crediting.CannotBeCreditedError, match="batched"):
        crediting.order(document=Document.objects.get(), because="X", by=checker, at=timezone.now())
    batching.cancel(batch=batch)
    crediting.order(document=Document.objects.get(), because="X", by=checker, at=timezone.now())


def test_what_a_batch_pays_is_not_paid_by_hand(batch: Batch, invoiced: Payable, maker: Member) -> None:
    with pytest.raises(paying.NotPayableError):
        paying.mark_paid(payable=invoiced, on=TODAY, reference="X", by=maker, at=timezone.now())


def test_who_proposed_a_batch_or_is_paid_by_it_does_not_approve_it(batch: Batch, maker: Member) -> None:
    for member in (maker, Payment.objects.get().member):
        with pytest.raises(batching.FourEyesError):
            batching.approve(batch=batch, by=member, at=timezone.now())
    with pytest.raises(IntegrityError, match="batch_four_eyes"), transaction.atomic():
        Batch.objects.update(state="approved", approved_by=maker)


def test_an_account_that_changed_since_is_not_approved(inside: Organisation, batch: Batch, checker: Member) -> None:
    payee_of(inside, Payment.objects.get().member, iban="BE71096123456769")
    with pytest.raises(batching.StaleError):
        batching.approve(batch=batch, by=checker, at=timezone.now())
    batching.leave_out(payment=Payment.objects.get())
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert _why_left_out(inside) == [LeftOut.RESTING]


def test_a_contest_since_is_not_approved(batch: Batch, checker: Member) -> None:
    document = Document.objects.get()
    answering.contest(document=document, because="Wrong.", by=document.member, at=timezone.now())
    with pytest.raises(batching.StaleError):
        batching.approve(batch=batch, by=checker, at=timezone.now())


def test_the_same_batch_gives_the_same_bytes(inside: Organisation, standing: Batch) -> None:
    first = batching.fetch(batch=standing, at=timezone.now())
    payee_of(inside, Payment.objects.get().member, iban="BE71096123456769", name="Another Name")
    standing.refresh_from_db()
    assert batching.fetch(batch=standing, at=timezone.now() + timedelta(1)) == first
    root = etree.fromstring(first)
    said = {etree.QName(element).localname: element.text for element in root.iter() if (element.text or "").strip()}
    assert (said["EndToEndId"], said["InstdAmt"], said["ReqdExctnDt" if "ReqdExctnDt" in said else "Dt"]) == (
        "B000001-00001", "1452.00", EXECUTE_ON.isoformat()
    )  # fmt: skip
    assert OURS in first.decode()
    assert "BE71096123456769" not in first.decode()


def test_nothing_of_an_approved_batch_can_be_changed(standing: Batch) -> None:
    for change in ({"iban": "BE71096123456769"}, {"execute_on": date(2027, 1, 4)}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Batch.objects.update(**change)
    for change in ({"iban": "BE71096123456769"}, {"amount": 1}, {"name": "X"}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Payment.objects.update(**change)
    with pytest.raises(batching.StateChangedError):
        batching.cancel(batch=standing)
    with pytest.raises(batching.StateChangedError):
        batching.leave_out(payment=Payment.objects.get())


def test_a_file_is_for_an_approved_batch(batch: Batch) -> None:
    with pytest.raises(batching.StateChangedError):
        batching.fetch(batch=batch, at=timezone.now())


def _balances() -> dict[str, Decimal]:
    return {account.kind: account.balance for account in Account.objects.all() if account.balance}


def test_what_the_bank_executed_is_paid_and_booked_once(standing: Batch, invoiced: Payable, checker: Member) -> None:
    assert batching.mark_executed(batch=standing, on=TODAY, by=checker, at=timezone.now()) == 1
    invoiced.refresh_from_db()
    standing.refresh_from_db()
    assert (invoiced.state, invoiced.payment_reference, standing.state) == ("paid", "B000001-00001", "executed")
    assert _balances() == {"bonuses": Decimal(1200), "vat": Decimal(252), "bank": Decimal(-1452)}
    assert settling.settle(payments=[Payment.objects.get().pk], on=TODAY, by=checker, at=timezone.now()) == []
    assert list(differences()) == []


def test_what_came_back_is_ready_again(
    inside: Organisation, standing: Batch, invoiced: Payable, maker: Member, checker: Member
) -> None:
    batching.mark_executed(batch=standing, on=TODAY, by=checker, at=timezone.now())
    payment, now = Payment.objects.get(), timezone.now()
    assert settling.take_back(payment=payment, on=TODAY, reason="AC04 closed account", by=None, at=now)
    assert not settling.take_back(payment=payment, on=TODAY, reason="AC04", by=None, at=now)
    invoiced.refresh_from_db()
    assert (invoiced.state, invoiced.paid_on) == ("approved", None)
    assert _balances() == {"bonuses": Decimal(1200), "vat": Decimal(252), "payable": Decimal(-1452)}
    again = _propose(inside, maker)
    assert [one.end_to_end_id for one in again.payments.all()] == ["B000002-00001"]
    assert list(differences()) == []


def test_finance_alone_sees_payments(inside: Organisation, batch: Batch) -> None:
    recruiter = MemberFactory(organisation=inside, roles=["recruiter"])
    client = Client()
    client.force_login(recruiter.user)
    assert client.get("/here/payouts/batches/").status_code == 403
    assert client.post(f"/here/payouts/batches/{batch.pk}/approve/").status_code == 403


def test_the_account_is_masked_where_a_batch_is_reviewed(batch: Batch, checker: Member) -> None:
    client = Client()
    client.force_login(checker.user)
    page = client.get(f"/here/payouts/batches/{batch.pk}/").content.decode()
    assert "BE·· ···· 7034" in page
    assert OURS not in page
    assert "first payment to this account" in page


def test_what_the_bank_refused_is_ready_again_and_stays_in_its_file(
    inside: Organisation, standing: Batch, checker: Member
) -> None:
    content = batching.fetch(batch=standing, at=timezone.now())
    payment = Payment.objects.get()
    batching.refuse(payment=payment, because="AC01: no such account", by=checker)
    payment.refresh_from_db()
    standing.refresh_from_db()
    assert (payment.state, payment.return_reason, standing.state) == ("refused", "AC01: no such account", "executed")
    assert _why_left_out(inside) == [None]
    assert batching.fetch(batch=standing, at=timezone.now()) == content
    assert list(differences()) == []
    with pytest.raises(batching.StateChangedError):
        batching.refuse(payment=payment, because="X", by=checker)


def test_a_batch_whose_day_is_over_is_not_approved(batch: Batch, checker: Member) -> None:
    later = timezone.now() + timedelta(days=30)
    with pytest.raises(batching.NoSettlementDayError):
        batching.approve(batch=batch, by=checker, at=later)
