"""How documents are made out: by the month, from charges, checked before a number is drawn, PDF as the picture of the UBL."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from kernel import pdf
from members.models import Member, Organisation
from payouts.models import Account, Charge, CreditOrder, Document, Payable, Series, Ubl
from payouts.selectors import waiting
from payouts.selectors.auditing.everything import differences
from payouts.selectors.settings import payout_settings
from payouts.sepa import references
from payouts.services import charging, crediting, issuing, rendering, settings
from payouts.ubl import reading
from programmes.wording import money
from tests.factories import MemberFactory
from tests.payouts.ubl.papers import POSITIONS
from tests.stories import payee_of

TODAY = timezone.localdate()
OURS = "BE68539007547034"


def _issue(organisation: Organisation) -> None:
    issuing.issue_all(organisation=organisation, at=timezone.now())


def _charge(organisation: Organisation, member: Member, amount: str = "50.00") -> Charge:
    fields = {
        "member": member, "kind": "dues", "description": "Bijdrage Q4", "amount": Decimal(amount), "supplied_on": TODAY
    }  # fmt: skip
    return charging.charge(organisation=organisation, fields=fields, by=None, at=timezone.now())


@pytest.fixture
def customer(inside: Organisation) -> Member:
    settings.save(organisation=inside, fields={"iban": OURS})
    member = MemberFactory(organisation=inside)
    payee_of(inside, member)
    return member


def test_a_month_waits_until_it_is_over_unless_a_promise_would_break(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member)
    settings.save(organisation=inside, fields={"period": "month"})
    next_month = (TODAY.replace(day=1) + timedelta(32)).replace(day=1)
    Payable.objects.update(pay_by=next_month)
    assert waiting.groups(payout_settings(), TODAY) == []
    assert waiting.groups(payout_settings(), next_month) == [[approved.pk]]
    Payable.objects.update(pay_by=next_month - timedelta(1))
    assert waiting.groups(payout_settings(), TODAY) == [[approved.pk]]


def test_a_charge_becomes_a_sales_invoice_with_a_reference(inside: Organisation, customer: Member) -> None:
    _charge(inside, customer)
    _charge(inside, customer, "12.34")
    _issue(inside)
    document = Document.objects.get()
    assert (document.kind, document.number, document.net, document.vat) == (
        "sale", f"F-{TODAY.year}-0001", Decimal("62.34"), Decimal("13.09")
    )  # fmt: skip
    assert references.is_ogm(document.reference)
    paper = reading.read(bytes(Ubl.objects.get().content))
    assert paper.means is not None
    assert (paper.type_code, paper.means.iban, references.plain(paper.means.reference)) == (
        "380",
        OURS,
        document.reference,
    )
    balances = {account.kind: account.balance for account in Account.objects.all()}
    assert balances == {"receivable": Decimal("75.43"), "revenue": Decimal("-62.34"), "vat_due": Decimal("-13.09")}
    assert list(differences()) == []


def test_sales_wait_for_the_account_that_they_are_paid_to(inside: Organisation, customer: Member) -> None:
    settings.save(organisation=inside, fields={"iban": ""})
    _charge(inside, customer)
    _issue(inside)
    assert not Document.objects.exists()


def test_a_sale_that_was_taken_back_is_owed_no_more_and_not_charged_again_by_itself(
    inside: Organisation, customer: Member, member: Member
) -> None:
    _charge(inside, customer)
    _issue(inside)
    crediting.order(document=Document.objects.get(), because="Twice.", by=member, at=timezone.now())
    _issue(inside)
    _issue(inside)
    assert [one.kind for one in Document.objects.order_by("pk")] == ["sale", "sale_credit"]
    assert Account.objects.get(kind="receivable").balance == 0
    assert list(differences()) == []


def test_finance_does_not_take_back_what_they_owe_themselves(inside: Organisation, customer: Member) -> None:
    Member.objects.filter(pk=customer.pk).update(roles=["finance"])
    _charge(inside, customer)
    _issue(inside)
    client = Client()
    client.force_login(customer.user)
    client.post(f"/here/invoices/{Document.objects.get().pk}/credit/", {"because": "Mine."})
    assert not CreditOrder.objects.exists()


def test_a_document_with_a_mistake_draws_no_number(inside: Organisation, approved: Payable) -> None:
    payee = payee_of(inside, approved.member)
    type(payee).objects.filter(pk=payee.pk).update(street="")
    _issue(inside)
    approved.refresh_from_db()
    assert approved.problems == "supplier_address"
    assert not Series.objects.filter(name__startswith="SB").exists()
    type(payee).objects.filter(pk=payee.pk).update(street="Koestraat 1")
    _issue(inside)
    approved.refresh_from_db()
    assert (approved.problems, Document.objects.get().sequence) == ("", 1)


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("case", list(POSITIONS))
def test_the_pdf_says_what_the_ubl_says(inside: Organisation, approved: Payable, case: str, language: str) -> None:
    user = approved.member.user
    user.language = language
    user.save()
    regime = {"exempt_be": "small_business", "not_taxable": "not_taxable"}.get(case, "ordinary")
    if case == "exempt_nl":
        type(inside).objects.update(country="NL", enterprise_number="12345678", vat_number="NL004495445B01")
        inside.refresh_from_db()
        payee_of(
            inside, approved.member, country="NL", enterprise_number="12345678", vat_number="NL004495445B01", vat_regime="kor"
        )  # fmt: skip
    else:
        country = {"country": "FR", "vat_number": "FR83404833048"} if case == "reverse_charge" else {}
        payee_of(inside, approved.member, vat_regime=regime, **country)
    _issue(inside)
    rendering.render_all(organisation_id=inside.pk)
    document = Document.objects.get()
    assert document.vat_case == case
    content = document.pdf.read()
    pdf = PdfReader(io.BytesIO(content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    paper = reading.read(bytes(Ubl.objects.get().content))
    from django.utils import translation

    with translation.override(language):
        said = [money(amount, "EUR") for amount in (paper.net, paper.total)]
    parties = (paper.supplier, paper.customer)
    said += [paper.number, *(one.name for one in parties), *(one.vat_number for one in parties)]
    said += [line.description for line in paper.lines] + [paper.note, paper.taxes[0].reason, paper.buyer_reference]
    flat = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    for words in said:
        plain = " ".join(words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())
        assert plain in flat
    assert pdf.attachments == {f"{document.number}.xml": [bytes(Ubl.objects.get().content)]}
    assert b"pdfa/ns/id/" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_a_year_of_documents_is_one_file(inside: Organisation, invoiced: Payable) -> None:
    rendering.render_all(organisation_id=inside.pk)
    client = Client()
    client.force_login(invoiced.member.user)
    answer = client.get(f"/here/earnings/documents/{TODAY.year}/")
    number = Document.objects.get().number
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"{number}.pdf", f"{number}.xml"]
        assert archive.read(f"{number}.xml") == bytes(Ubl.objects.get().content)
    assert client.get("/here/earnings/documents/1999/").status_code == 404


def test_the_ubl_is_for_its_member_and_for_finance(inside: Organisation, invoiced: Payable) -> None:
    address = f"/here/invoices/{Document.objects.get().pk}/ubl/"
    stranger, finance = MemberFactory(organisation=inside), MemberFactory(organisation=inside, roles=["finance"])
    for member, status in ((invoiced.member, 200), (finance, 200), (stranger, 404)):
        client = Client()
        client.force_login(member.user)
        assert client.get(address).status_code == status


def test_a_picture_that_fails_often_is_given_up_and_said(
    inside: Organisation, invoiced: Payable, checker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.0)
    for _ in range(rendering.MOST_TRIES):
        Document.objects.update(next_try_at=timezone.now())
        rendering.render_all(organisation_id=inside.pk)
    document = Document.objects.get()
    assert (document.tries, document.next_try_at, document.sha256) == (rendering.MOST_TRIES, None, "")
    assert list(differences()) == [f"{document.number}: its picture was given up"]
    client = Client()
    client.force_login(checker.user)
    assert "could not be made" in client.get("/here/invoices/").content.decode()
    page = f"/here/invoices/{document.pk}/"
    assert "Try again" in client.get(page).content.decode()
    monkeypatch.undo()
    assert client.post(f"{page}draw/").status_code == 302
    rendering.render_all(organisation_id=inside.pk)
    assert client.get(f"{page}pdf/").status_code == 200
    assert list(differences()) == []
