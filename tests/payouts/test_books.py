"""The books: what an accountant gets, what is old, VAT by the quarter, and months that stay closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from kernel.periods import last_day_of
from members.models import Member, Organisation
from payouts.models import Document, Entry, Payable, Statement
from payouts.selectors import books
from payouts.selectors.auditing.everything import differences
from payouts.services import charging, closing, issuing, paying, settings, statements
from tests.bank import OURS, camt_of
from tests.bank import Entry as Movement
from tests.factories import MemberFactory
from tests.stories import payee_of
from tests.stories_of_network import pay

D = Decimal
TODAY = timezone.localdate()
MONTH = TODAY.replace(day=1)
NEXT = (MONTH + timedelta(32)).replace(day=1)


@pytest.fixture
def sale(inside: Organisation) -> Document:
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    customer = MemberFactory(organisation=inside, name="Lotte")
    payee_of(inside, customer)
    fields = {"member": customer, "kind": "dues", "description": "Q4", "amount": D(50), "supplied_on": TODAY}
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=inside, at=timezone.now())
    return Document.objects.get(kind="sale")


def test_all_accounts_together_are_nothing(inside: Organisation, invoiced: Payable, sale: Document) -> None:
    assert sum(one.amount for one in books.balances()) == 0
    owed = {(one.kind, one.member and one.member.name): one.balance for one in books.of_members()}
    assert owed == {("payable", invoiced.member.name): D(-1452), ("receivable", "Lotte"): D("60.50")}


def test_the_accountant_gets_each_posting_with_document_account_and_vat_code(
    inside: Organisation, invoiced: Payable, sale: Document, checker: Member
) -> None:
    settings.save(organisation=inside, fields={"account_codes": {"bonuses": "613400"}})
    client = Client()
    client.force_login(checker.user)
    text = client.get(f"/here/books/{MONTH:%Y-%m}/csv/").content.decode("utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()]
    assert rows[0] == "Entry,Date,What,Document,Account,Member,VAT code,Debit,Credit,Currency".split(",")
    said = {(row[2], row[4], row[6]): (row[7], row[8]) for row in rows[1:]}
    assert said["owed", "613400", ""] == ("1200.00", "")
    assert said["invoiced", "vat", "S21"] == ("252.00", "")
    assert said["sold", "vat_due", "S21"] == ("", "10.50")
    assert sum(D(row[7] or 0) - D(row[8] or 0) for row in rows[1:]) == 0


def test_what_other_systems_read_is_in_the_language_of_the_organisation(
    inside: Organisation, invoiced: Payable, checker: Member, client: Client
) -> None:
    inside.language = "nl"
    inside.save()
    client.force_login(checker.user)
    files = [
        client.get(f"/here/books/{MONTH:%Y-%m}/csv/"),
        client.post(f"/here/books/year/{MONTH.year}/", {"format": "csv"}),
    ]
    assert checker.user.language == "en"
    assert ["Datum" in files[0].text, "Naam" in files[1].text] == [True, True]


def test_what_is_open_is_as_old_as_its_date_says(inside: Organisation, invoiced: Payable, sale: Document) -> None:
    pay_by = sale.pay_by
    found = {days: books.ageing(pay_by + timedelta(days), "EUR")["receivable"] for days in (0, 1, 31, 61, 91)}
    assert [one.not_due for one in found.values()] == [D("60.50"), 0, 0, 0, 0]
    assert [one.old.index(D("60.50")) for days, one in found.items() if days] == [0, 1, 2, 3]
    assert {one.total for one in found.values()} == {D("60.50")}
    assert books.ageing(TODAY, "EUR")["payable"].total == D(1452)


def test_a_quarter_says_what_its_documents_say_of_vat(inside: Organisation, invoiced: Payable, sale: Document) -> None:
    quarter = (TODAY.year, (TODAY.month - 1) // 3 + 1)
    assert books.quarters() == [quarter]
    assert books.vat_of(*quarter) == [
        (False, "standard", D(21), 1, D(1200), D(252), 0),
        (True, "standard", D(21), 1, D(50), D("10.50"), 0),
    ]


def _close(organisation: Organisation, by: Member, month: date = MONTH) -> None:
    closing.close(organisation=organisation, month=month, by=by, at=timezone.now())


def test_months_are_closed_one_after_another_when_they_are_over(
    inside: Organisation, invoiced: Payable, checker: Member
) -> None:
    with pytest.raises(closing.CannotBeClosedError):
        _close(inside, checker)
    with time_machine.travel(NEXT + timedelta(40)):
        assert [(one.first, one.entries > 0) for one in books.closable(timezone.localdate())] == [
            (MONTH, True), (NEXT, False),
        ]  # fmt: skip
        _close(inside, checker)
        _close(inside, checker, NEXT)
        with pytest.raises(closing.CannotBeClosedError):
            _close(inside, checker)


def test_a_month_is_closed_with_every_month_before_it(
    inside: Organisation, invoiced: Payable, sale: Document, checker: Member
) -> None:
    client = Client()
    client.force_login(checker.user)
    settings.save(organisation=inside, fields={"iban": OURS})
    content = camt_of([Movement(D(-3))])
    statements.import_file(organisation=inside, content=content, by=checker, at=timezone.now())
    with time_machine.travel(NEXT + timedelta(40)):
        client.force_login(checker.user)
        assert "1 movement of the bank is open" in client.get("/here/books/close/").text
        assert client.post("/here/books/close/", {"month": "soon"}).status_code == 200
        assert books.closed_until() is None
        assert client.post("/here/books/close/", {"month": f"{NEXT:%Y-%m}"}).status_code == 302
        assert books.closed_until() == last_day_of(NEXT)
        assert not books.closable(timezone.localdate())


def test_what_comes_later_for_a_closed_month_is_booked_in_the_next(
    inside: Organisation, invoiced: Payable, checker: Member, maker: Member
) -> None:
    with time_machine.travel(NEXT + timedelta(3)):
        _close(inside, checker)
        paying.mark_paid(payable=invoiced, on=TODAY, reference="X", by=maker, at=timezone.now())
    assert Entry.objects.get(what="paid").on == NEXT
    assert list(differences()) == []


def test_the_database_keeps_a_month_closed(inside: Organisation, invoiced: Payable, checker: Member) -> None:
    with time_machine.travel(NEXT):
        _close(inside, checker)
    with pytest.raises(IntegrityError, match="are closed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO payouts_entry (what, payable_id, "on", recorded_at) VALUES (%s, %s, %s, now())',
            ["paid", invoiced.pk, TODAY],
        )


@pytest.mark.parametrize(
    "path", ["", "close/", "balances/", "vat/", "promise/", "?account=payable", f"?month={MONTH:%Y-%m}"]
)
def test_finance_alone_reads_the_books(
    inside: Organisation, invoiced: Payable, sale: Document, checker: Member, path: str
) -> None:
    for member, status in ((checker, 200), (invoiced.member, 403)):
        client = Client()
        client.force_login(member.user)
        assert client.get(f"/here/books/{path}").status_code == status


@pytest.mark.parametrize(
    ("regime", "owed"), [("ordinary", {"vat": D(252), "vat_due": D(-252)}), ("small_business", {"vat_due": D(-252)})]
)
def test_vat_that_is_reversed_is_owed_by_us(
    inside: Organisation, approved: Payable, regime: str, owed: dict[str, Decimal]
) -> None:
    settings.save(organisation=inside, fields={"vat_regime": regime})
    payee_of(
        inside, approved.member, country="FR", enterprise_number="732829320", vat_number="FR44732829320", city="Paris"
    )
    issuing.issue_all(organisation=inside, at=timezone.now())
    quarter = (TODAY.year, (TODAY.month - 1) // 3 + 1)
    (row,) = books.vat_of(*quarter)
    assert (row.vat_case, row.base, row.vat, row.due_by_us) == ("reverse_charge", D(1200), 0, D(252))
    found = {one.kind: one.amount for one in books.balances() if one.kind.startswith("vat") and one.amount}
    assert found == owed
    assert list(differences()) == []


def test_who_recovers_no_vat_has_it_as_a_cost(inside: Organisation, approved: Payable) -> None:
    settings.save(organisation=inside, fields={"vat_regime": "kor"})
    payee_of(inside, approved.member)
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert {one.kind: one.amount for one in books.balances()} == {"bonuses": D(1452), "payable": D(-1452)}
    assert list(differences()) == []


def test_what_was_paid_too_much_hides_nobody_elses_arrears(
    inside: Organisation, checker: Member, sale: Document
) -> None:
    pay(inside, sale, str(sale.total * 2), checker)
    (statement,) = Statement.objects.all()
    statements.match_sales(
        movement=statement.movements.get(), documents=[sale.pk], keeps_rest=True, by=checker, at=timezone.now()
    )
    aged = books.ageing(sale.pay_by + timedelta(40), "EUR")["receivable"]
    assert (aged.too_much, sum(aged.old), aged.total) == (-sale.total, 0, -sale.total)
