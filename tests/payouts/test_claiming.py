"""Members who invoice themselves: a UBL is matched at once, a PDF once finance entered it, and what is wrong is said in words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Account, Document, Payable, Payment, ReceivedInvoice, Ubl
from payouts.selectors import claims
from payouts.selectors.auditing.everything import differences
from payouts.selectors.claims import Bill
from payouts.sepa import calendar, references
from payouts.services import batching, claiming, issuing, rendering, settings
from payouts.ubl.invoice import TRANSFER, Invoice, Kind, Line, Means, Party, Tax
from payouts.ubl.matching import Claimed
from payouts.ubl.writing import write
from tests.factories import MemberFactory
from tests.stories import payee_of

D = Decimal
TODAY = timezone.localdate()
PDF = b"%PDF-1.7 an invoice"
OGM = references.ogm(12345)


@pytest.fixture
def bill(inside: Organisation, approved: Payable) -> Bill:
    payee_of(inside, approved.member, route="own_invoice")
    (found,) = claims.bills(inside, approved.member)
    return found


def _invoice(bill: Bill, **changes: Any) -> Invoice:
    owed = bill.owed
    line = Line(f"Bonus {owed.case_references[0]}", D(1), owed.net, owed.net)
    made = Invoice(
        kind=Kind.INVOICE,
        self_billed=False,
        number="2026/17",
        issued_on=TODAY,
        due_on=TODAY + timedelta(30),
        supplied_on=TODAY,
        currency="EUR",
        supplier=owed.supplier,
        customer=owed.customer,
        lines=(line,),
        taxes=(Tax("S", D(21), owed.net, owed.vat),),
        net=owed.net,
        vat=owed.vat,
        total=owed.total,
        buyer_reference="x",
        means=Means(TRANSFER, "", owed.iban, references.written(OGM)),
    )
    return replace(made, **changes)


def _send(organisation: Organisation, bill: Bill, **changes: Any) -> Document:
    content = write(_invoice(bill, **changes))
    return claiming.send_ubl(organisation=organisation, bill=bill, content=content, at=timezone.now())


def _codes(organisation: Organisation, bill: Bill, **changes: Any) -> list[str]:
    with pytest.raises(claiming.DiffersError) as caught:
        _send(organisation, bill, **changes)
    return [one.code for one in caught.value.differences]


def test_who_invoices_themselves_is_waited_for(inside: Organisation, bill: Bill) -> None:
    issuing.issue_all(organisation=inside, at=timezone.now())
    assert not Document.objects.exists()
    assert (bill.owed.net, bill.owed.vat, bill.owed.buyer_reference) == (D(1200), D(252), "00001")


def test_an_invoice_that_is_right_is_taken_over_at_once(inside: Organisation, bill: Bill) -> None:
    document = _send(inside, bill)
    assert (document.kind, document.number, document.series, document.reference) == (
        "own_invoice",
        "2026/17",
        None,
        OGM,
    )
    balances = {account.kind: account.balance for account in Account.objects.all()}
    assert (balances["vat"], balances["payable"]) == (D(252), D(-1452))
    assert claims.bills(inside, document.member) == []
    rendering.render_all(organisation_id=inside.pk)
    document.refresh_from_db()
    assert document.sha256
    assert list(differences()) == []


def test_it_is_paid_with_its_own_reference(inside: Organisation, bill: Bill, maker: Member) -> None:
    _send(inside, bill)
    settings.save(organisation=inside, fields={"iban": "BE68539007547034"})
    day = calendar.next_settlement(TODAY)
    batching.propose(organisation=inside, until=None, execute_on=day, by=maker, at=timezone.now())
    assert Payment.objects.get().reference == OGM


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"vat": D("252.01"), "total": D("1452.01")}, ["taxes", "vat", "total"]),
        ({"net": D(1000)}, ["lines", "net"]),
        ({"kind": Kind.CREDIT_NOTE}, ["kind", "net", "vat", "total"]),
        ({"self_billed": True}, ["self_billed"]),
        ({"issued_on": TODAY + timedelta(2)}, ["date"]),
        ({"currency": "USD"}, ["currency"]),
        ({"supplier": Party("X", vat_number="BE0674112089")}, ["supplier"]),
        ({"customer": Party("X", vat_number="BE0403019261")}, ["customer"]),
        ({"means": Means(TRANSFER, "", "BE71096123456769")}, ["iban"]),
        ({"lines": (Line("Bonus", D(1), D(1200), D(1200)),)}, ["reference"]),
    ],
)
def test_what_differs_is_named(inside: Organisation, bill: Bill, changes: dict[str, Any], codes: list[str]) -> None:
    assert _codes(inside, bill, **changes) == codes
    assert not Document.objects.exists()


def test_the_reference_of_the_customer_is_enough(inside: Organisation, bill: Bill) -> None:
    lines = (Line("Bonus", D(1), D(1200), D(1200)),)
    assert _send(inside, bill, lines=lines, buyer_reference=bill.owed.buyer_reference)


def test_differences_are_said_in_words_and_nothing_is_kept(inside: Organisation, bill: Bill) -> None:
    content = write(_invoice(bill, vat=D("240.00"), total=D("1440.00")))
    client = Client()
    client.force_login(bill.payables[0].member.user)
    file = SimpleUploadedFile("invoice.xml", content)
    answer = client.post("/here/earnings/invoice/", {"bill": bill.key, "file": file})
    assert answer.status_code == 422
    assert "Its VAT is 240.00; by what you declared it is 252.00." in answer.content.decode()
    assert not Ubl.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("invoice.docx", b"PK", "This is neither a PDF nor an XML file."),
        ("invoice.xml", b"hello", "This is no XML file that we read."),
        ("invoice.xml", b"<Invoice/>", "This is no UBL invoice that we understand: look at “Invoice” in it."),
    ],
)
def test_a_bad_file_is_refused_in_words(inside: Organisation, bill: Bill, name: str, content: bytes, said: str) -> None:
    client = Client()
    client.force_login(bill.payables[0].member.user)
    page = client.post("/here/earnings/invoice/", {"bill": bill.key, "file": SimpleUploadedFile(name, content)})
    assert said in page.content.decode()


def _read(bill: Bill, **changes: Any) -> Claimed:
    owed = bill.owed
    claimed = Claimed(
        False, "2026/18", TODAY, owed.net, owed.vat, owed.total, "EUR", "0403.019.261", owed.customer.vat_number
    )
    return replace(claimed, **changes)


def test_a_pdf_waits_for_finance_and_nothing_else_claims_its_amounts(
    inside: Organisation, bill: Bill, checker: Member
) -> None:
    member = bill.payables[0].member
    received = claiming.send_pdf(bill=bill, content=PDF, by=member, at=timezone.now())
    assert claims.bills(inside, member) == []
    with pytest.raises(claiming.DecidedAlreadyError):
        claiming.send_pdf(bill=bill, content=PDF, by=member, at=timezone.now())
    wrong = _read(bill, net=D(1000), total=D(1252))
    now = timezone.now()
    with pytest.raises(claiming.DiffersError):
        claiming.match(organisation=inside, received=received, claimed=wrong, by=checker, at=now)
    document = claiming.match(organisation=inside, received=received, claimed=_read(bill), by=checker, at=now)
    document.refresh_from_db()
    assert (document.number, document.pdf.read()) == ("2026/18", PDF)
    with pytest.raises(claiming.DecidedAlreadyError):
        claiming.match(organisation=inside, received=received, claimed=_read(bill), by=checker, at=now)
    assert list(differences()) == []


def test_what_was_sent_back_can_be_sent_again(inside: Organisation, bill: Bill, checker: Member) -> None:
    member, now = bill.payables[0].member, timezone.now()
    received = claiming.send_pdf(bill=bill, content=PDF, by=member, at=now)
    claiming.refuse(received=received, because="The VAT is wrong.", by=checker, at=now)
    assert len(claims.bills(inside, member)) == 1
    assert ReceivedInvoice.objects.get().refused_because == "The VAT is wrong."


def test_a_number_is_used_once_by_a_member(inside: Organisation, bill: Bill) -> None:
    document = _send(inside, bill)
    Document.objects.filter(pk=document.pk)
    again = replace(bill.owed, net=D(1200))
    assert again.net == document.net
    found = claiming._differences(replace(bill, owed=again), _read(bill, number="2026/17"), timezone.now())
    assert [one.code for one in found] == ["number"]


def test_a_pdf_is_for_who_sent_it_and_for_finance(inside: Organisation, bill: Bill, checker: Member) -> None:
    received = claiming.send_pdf(bill=bill, content=PDF, by=bill.payables[0].member, at=timezone.now())
    stranger = MemberFactory(organisation=inside)
    for member, status in ((bill.payables[0].member, 200), (checker, 200), (stranger, 404)):
        client = Client()
        client.force_login(member.user)
        assert client.get(f"/here/invoices/received/{received.pk}/file/").status_code == status


def test_finance_does_not_match_their_own_invoice(inside: Organisation, bill: Bill) -> None:
    member = bill.payables[0].member
    Member.objects.filter(pk=member.pk).update(roles=["finance"])
    received = claiming.send_pdf(bill=bill, content=PDF, by=member, at=timezone.now())
    client = Client()
    client.force_login(member.user)
    assert client.get(f"/here/invoices/received/{received.pk}/").status_code == 302
