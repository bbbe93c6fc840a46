"""What a bank statement says is booked once: payments that went or came back, invoices that were paid, the rest left open."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Account, Batch, Document, Movement, Payable, Payment, Receipt
from payouts.readiness import Caution
from payouts.selectors import batches
from payouts.selectors.auditing.everything import differences
from payouts.selectors.batches import message_id
from payouts.selectors.books import ageing
from payouts.selectors.ready import ready
from payouts.selectors.statements import overpaid_sales, to_match, unpaid_sales
from payouts.sepa import calendar
from payouts.services import batching, charging, crediting, issuing, settings, statements
from payouts.services.statements import Imported
from tests.bank import OURS, Entry, camt_of
from tests.factories import MemberFactory
from tests.stories import payee_of

D = Decimal
TODAY = timezone.localdate()


@pytest.fixture
def sale(inside: Organisation) -> Document:
    settings.save(organisation=inside, fields={"iban": OURS})
    customer = MemberFactory(organisation=inside, name="Lotte Claes")
    payee_of(inside, customer)
    fields = {"member": customer, "kind": "dues", "description": "Q4", "amount": D(50), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    return Document.objects.get(kind="sale")


def _import(organisation: Organisation, by: Member, *entries: Entry, **changes: str) -> tuple[int, int]:
    """Return how many movements were new, and how many of them were matched."""
    done = _imported(organisation, by, *entries, **changes)
    return done.new, done.matched


def _imported(organisation: Organisation, by: Member, *entries: Entry, **changes: str) -> Imported:
    content = camt_of(entries, **changes)
    return statements.import_file(organisation=organisation, content=content, by=by, at=timezone.now())


def _balances() -> dict[str, Decimal]:
    return {account.kind: account.balance for account in Account.objects.all() if account.balance}


def test_a_payment_is_settled_by_its_reference(inside: Organisation, payment: Payment, maker: Member) -> None:
    assert _import(inside, maker, Entry(-payment.amount, payment.end_to_end_id)) == (1, 1)
    payment.refresh_from_db()
    assert (payment.state, payment.paid_on, Batch.objects.get().state) == ("paid", TODAY, "executed")
    assert Payable.objects.get().state == "paid"
    assert _balances() == {"bonuses": D(1200), "vat": D(252), "bank": D(-1452)}
    assert list(differences()) == []


def test_a_batch_that_the_bank_booked_in_one_sum_is_settled(
    inside: Organisation, payment: Payment, maker: Member
) -> None:
    batch = message_id(Batch.objects.get())
    assert _import(inside, maker, Entry(-payment.amount, batch_id=batch)) == (1, 1)
    assert Batch.objects.get().state == "executed"


def test_a_day_that_is_still_to_come_is_refused(inside: Organisation, maker: Member) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    tomorrow = timezone.localdate() + timedelta(1)
    with pytest.raises(statements.NotYetError, match="2026-11-22"):
        _import(inside, maker, Entry(Decimal("60.50"), on=tomorrow))
    assert not Movement.objects.exists()


def test_an_invoice_is_chosen_by_who_matches_never_for_them(
    inside: Organisation, sale: Document, maker: Member, client: Client
) -> None:
    _import(inside, maker, Entry(Decimal("60.50"), name="Somebody"))
    client.force_login(maker.user)
    assert "checked" not in client.get("/here/payouts/statements/").text
    address = f"/here/payouts/statements/{Movement.objects.get().pk}/match/"
    for typed, said in (("", "Choose first what it is"), ("X-1", "No sales invoice has this number.")):
        answer = client.post(address, {"number": typed})
        assert answer.status_code == 422
        assert said in answer.text
        assert not typed or f'value="{typed}"' in answer.text
    assert client.post(address, {"number": sale.number.lower()}).status_code == 302
    assert Movement.objects.get().state == "settled"


def test_what_does_not_fit_is_kept_as_it_was_chosen(
    inside: Organisation, sale: Document, maker: Member, client: Client
) -> None:
    _import(inside, maker, Entry(Decimal("99.00"), text=sale.number))
    client.force_login(maker.user)
    address = f"/here/payouts/statements/{Movement.objects.get().pk}/match/"
    answer = client.post(address, {"document": str(sale.pk)})
    assert answer.status_code == 422
    assert "This does not fit" in answer.text
    assert re.search(rf'value="{sale.pk}"\s+checked', answer.text)
    assert client.post(address, {"document": str(sale.pk), "keeps_rest": "1"}).status_code == 302


def test_the_same_statement_twice_does_nothing(inside: Organisation, payment: Payment, maker: Member) -> None:
    entry = Entry(-payment.amount, payment.end_to_end_id)
    _import(inside, maker, entry)
    with pytest.raises(statements.ImportedAlreadyError):
        _import(inside, maker, entry)
    assert _imported(inside, maker, entry, identifier="overlapping") == (0, 0, 1)
    assert Movement.objects.count() == 1
    assert list(differences()) == []


def test_a_payment_that_came_back_is_owed_again_with_the_reason(
    inside: Organisation, payment: Payment, maker: Member
) -> None:
    there = Entry(-payment.amount, payment.end_to_end_id, bank_reference="A")
    back = Entry(payment.amount, payment.end_to_end_id, returned="AC04", bank_reference="B")
    assert _import(inside, maker, back, there) == (2, 2)
    payment.refresh_from_db()
    assert (payment.state, payment.return_reason) == ("returned", "AC04")
    assert Payable.objects.get().state == "approved"
    assert _balances() == {"bonuses": D(1200), "vat": D(252), "payable": D(-1452)}
    assert list(differences()) == []


def test_what_was_marked_as_executed_before_is_booked_once(
    inside: Organisation, payment: Payment, maker: Member, checker: Member
) -> None:
    batching.mark_executed(batch=Batch.objects.get(), on=TODAY, by=checker, at=timezone.now())
    assert _import(inside, maker, Entry(-payment.amount, payment.end_to_end_id)) == (1, 1)
    assert _balances()["bank"] == D(-1452)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(D("-1452.01"), "B000001-00001"),
        Entry(D("-1452.00"), "B000009-00001"),
        Entry(D("1452.00"), "B000001-00001"),
        Entry(D("60.50"), reference="090933755493"),
    ],
)
def test_what_does_not_fit_is_left_open(inside: Organisation, payment: Payment, maker: Member, entry: Entry) -> None:
    assert _import(inside, maker, entry) == (1, 0)
    payment.refresh_from_db()
    assert (payment.state, Movement.objects.get().state) == ("planned", "open")


def test_an_invoice_is_paid_by_its_reference_in_parts_too(inside: Organisation, sale: Document, maker: Member) -> None:
    parts = [
        Entry(D("20.50"), reference=sale.reference, bank_reference="A"),
        Entry(D(40), reference=sale.reference, bank_reference="B"),
    ]
    assert _import(inside, maker, *parts) == (2, 2)
    assert [one.amount for one in Receipt.objects.order_by("amount")] == [D("20.50"), D(40)]
    assert _balances() == {"bank": D("60.50"), "revenue": D(-50), "vat_due": D("-10.50")}
    assert list(unpaid_sales()) == []
    assert list(differences()) == []


def test_more_than_is_owed_is_left_to_finance(inside: Organisation, sale: Document, maker: Member) -> None:
    assert _import(inside, maker, Entry(D("60.51"), reference=sale.reference)) == (1, 0)


def test_an_invoice_is_suggested_by_number_name_and_amount(inside: Organisation, sale: Document, maker: Member) -> None:
    entries = [
        Entry(D(10), text=f"Factuur {sale.number}", bank_reference="A"),
        Entry(D(11), name="Mevr. Lotte Claes", bank_reference="B"),
        Entry(D("60.50"), name="X", bank_reference="C"),
        Entry(D(12), name="X", bank_reference="D"),
    ]
    _import(inside, maker, *entries)
    found = to_match(Movement.objects.order_by("pk"), [])
    assert [[one.number for one in row.documents] for row in found] == [[sale.number]] * 3 + [[]]


def test_finance_matches_what_is_open(inside: Organisation, sale: Document, payment: Payment, maker: Member) -> None:
    _import(inside, maker, Entry(D("60.50"), bank_reference="A"), Entry(-payment.amount, bank_reference="B"))
    came, went = Movement.objects.order_by("-amount")
    statements.match_sales(movement=came, documents=[sale.pk], by=maker, at=timezone.now())
    statements.match_payment(movement=went, payment=payment, by=maker, at=timezone.now())
    for movement in (came, went):
        with pytest.raises(statements.CannotBeMatchedError):
            statements.ignore(movement=movement, because="X", by=maker, at=timezone.now())
    assert list(differences()) == []


def test_a_movement_fits_what_it_is_matched_with(inside: Organisation, sale: Document, maker: Member) -> None:
    _import(inside, maker, Entry(D(100)))
    with pytest.raises(statements.CannotBeMatchedError):
        statements.match_sales(movement=Movement.objects.get(), documents=[sale.pk], by=maker, at=timezone.now())
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The submitted file is empty."),
        (b"hello", "This is no XML file that we read."),
        (b"<a/>", "look at “a” in it"),
        (camt_of([], iban="BE71096123456769"), "It is about the account BE·· ···· 6769"),
        (camt_of([Entry(D(1))], off="0.01"), "does not add up"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_imported(
    inside: Organisation, maker: Member, content: bytes, said: str
) -> None:
    settings.save(organisation=inside, fields={"iban": OURS})
    client = Client()
    client.force_login(maker.user)
    answer = client.post("/here/payouts/statements/", {"file": SimpleUploadedFile("bank.xml", content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Movement.objects.exists()


def test_a_second_execution_by_the_bank_is_left_to_finance(
    inside: Organisation, payment: Payment, maker: Member
) -> None:
    _import(inside, maker, Entry(-payment.amount, payment.end_to_end_id, bank_reference="A"))
    assert _import(
        inside, maker, Entry(-payment.amount, payment.end_to_end_id, bank_reference="B"), identifier="next"
    ) == (1, 0)
    assert Movement.objects.get(state="open").amount == -payment.amount


def test_nobody_says_of_their_own_money_that_it_came_back(
    inside: Organisation, payment: Payment, maker: Member, client: Client
) -> None:
    _import(inside, maker, Entry(-payment.amount, payment.end_to_end_id))
    Member.objects.filter(pk=payment.member_id).update(roles=["finance"])
    member = Member.objects.get(pk=payment.member_id)
    back = Entry(payment.amount, payment.end_to_end_id, returned="AC04")
    assert _import(inside, member, back, identifier="forged") == (1, 0)
    movement = Movement.objects.get(state="open")
    with pytest.raises(statements.OwnMoneyError):
        statements.match_payment(movement=movement, payment=payment, by=member, at=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "paid"
    statements.match_payment(movement=movement, payment=payment, by=maker, at=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "returned"


def test_nobody_says_of_their_own_invoice_that_it_was_paid(inside: Organisation, sale: Document) -> None:
    customer = sale.member
    assert _import(inside, customer, Entry(sale.total, reference=sale.reference)) == (1, 0)
    with pytest.raises(statements.OwnMoneyError):
        statements.match_sales(movement=Movement.objects.get(), documents=[sale.pk], by=customer, at=timezone.now())


def test_what_came_back_is_looked_at_twice(inside: Organisation, payment: Payment, maker: Member) -> None:
    back = Entry(payment.amount, payment.end_to_end_id, returned="AC04")
    _import(inside, maker, Entry(-payment.amount, payment.end_to_end_id), back)
    (row,) = ready(inside, "EUR", timezone.now())
    assert Caution.RETURNED_BEFORE in row.cautions
    again = batching.propose(
        organisation=inside, until=None, execute_on=calendar.next_settlement(TODAY), by=maker, at=timezone.now()
    )
    (warned,) = batches.warned(again, inside, timezone.now())
    assert Caution.RETURNED_BEFORE in warned.cautions


def test_more_than_is_owed_can_be_kept_and_is_given_back(inside: Organisation, sale: Document, maker: Member) -> None:
    _import(inside, maker, Entry(D(100), reference=sale.reference))
    came, said = Movement.objects.get(), {"documents": [sale.pk], "by": maker, "at": timezone.now()}
    statements.match_sales(movement=came, keeps_rest=True, **said)
    too_much = D(100) - sale.total
    assert [one.left for one in overpaid_sales()] == [-too_much]
    assert _balances()["receivable"] == -too_much
    _import(inside, maker, Entry(-too_much), identifier="2")
    went = Movement.objects.get(state="open")
    with pytest.raises(statements.CannotBeMatchedError):
        statements.match_sales(movement=went, documents=[], by=maker, at=timezone.now())
    statements.match_sales(movement=went, **said)
    assert not overpaid_sales().exists()
    assert "receivable" not in _balances()
    assert list(differences()) == []


def test_what_was_paid_of_an_invoice_that_was_taken_back_is_given_back(
    inside: Organisation, sale: Document, maker: Member, checker: Member
) -> None:
    _import(inside, maker, Entry(D(10), reference=sale.reference))
    crediting.order(document=sale, because="X", by=checker, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert [(one.number, one.left) for one in overpaid_sales()] == [(sale.number, D(-10))]
    assert ageing(TODAY, "EUR")["receivable"].total == D(-10)
    _import(inside, maker, Entry(D(-10)), identifier="2")
    went = Movement.objects.get(state="open")
    statements.match_sales(movement=went, documents=[sale.pk], by=maker, at=timezone.now())
    assert "receivable" not in _balances()
    assert list(differences()) == []


def test_what_was_paid_too_much_counts_for_the_next_invoice(
    inside: Organisation, sale: Document, maker: Member
) -> None:
    _import(inside, maker, Entry(D(70), reference=sale.reference))
    said = {"by": maker, "at": timezone.now()}
    statements.match_sales(movement=Movement.objects.get(), documents=[sale.pk], keeps_rest=True, **said)
    fields = {"member": sale.member, "kind": "dues", "description": "Q1", "amount": D(50), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    second = Document.objects.latest("pk")
    _import(inside, maker, Entry(sale.total + second.total - 70), identifier="2")
    came = Movement.objects.get(state="open")
    statements.match_sales(movement=came, documents=[sale.pk, second.pk], **said)
    assert not unpaid_sales().exists()
    assert "receivable" not in _balances()
    assert list(differences()) == []


def test_an_invoice_that_is_paid_twice_is_given_back(inside: Organisation, sale: Document, maker: Member) -> None:
    _import(inside, maker, Entry(sale.total, reference=sale.reference))
    _import(inside, maker, Entry(sale.total, reference=sale.reference, bank_reference="2"), identifier="2")
    again, said = Movement.objects.get(state="open"), {"by": maker, "at": timezone.now()}
    with pytest.raises(statements.CannotBeMatchedError):
        statements.match_sales(movement=again, documents=[sale.pk], **said)
    statements.match_sales(movement=again, documents=[sale.pk], keeps_rest=True, **said)
    assert [one.left for one in overpaid_sales()] == [-sale.total]
    assert list(differences()) == []


def test_what_one_member_paid_too_much_pays_no_others_invoice(
    inside: Organisation, sale: Document, maker: Member
) -> None:
    _import(inside, maker, Entry(D(70), reference=sale.reference))
    said = {"by": maker, "at": timezone.now()}
    statements.match_sales(movement=Movement.objects.get(), documents=[sale.pk], keeps_rest=True, **said)
    friend = MemberFactory(organisation=inside)
    payee_of(inside, friend)
    fields = {"member": friend, "kind": "dues", "description": "Q1", "amount": D(50), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    theirs = Document.objects.latest("pk")
    _import(inside, maker, Entry(sale.total + theirs.total - 70), identifier="2")
    came = Movement.objects.get(state="open")
    with pytest.raises(statements.CannotBeMatchedError):
        statements.match_sales(movement=came, documents=[sale.pk, theirs.pk], **said)
