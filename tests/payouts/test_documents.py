"""What an approved amount goes with: numbers, sums, pictures, payroll; and what the database refuses."""

import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from members.models import Organisation
from payouts.models import Document, Line, Payable, PayrollLine, Series
from payouts.services import issuing, rendering
from tests.factories import MemberFactory
from tests.stories import payee_of


def _issue(organisation: Organisation) -> int:
    return issuing.issue_all(organisation=organisation, at=timezone.now()).made


def _text(document: Document) -> str:
    pages = PdfReader(io.BytesIO(document.pdf.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_nothing_is_made_out_before_the_payee_is_complete(inside: Organisation, approved: Payable) -> None:
    assert _issue(inside) == 0
    payee_of(inside, approved.member, iban="")
    assert _issue(inside) == 0
    payee_of(inside, approved.member)
    assert (_issue(inside), _issue(inside)) == (1, 0)


def test_nothing_is_made_out_before_the_organisation_is_complete(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member)
    inside.vat_number = ""
    assert _issue(inside) == 0


def test_an_invoice_says_who_what_and_how_much(inside: Organisation, invoiced: Payable) -> None:
    document = Document.objects.get()
    year = timezone.localdate().year
    assert (document.number, document.net, document.vat, document.total) == (
        f"SB-00001-{year}-0001", Decimal(1200), Decimal(252), Decimal(1452)
    )  # fmt: skip
    rendering.render_all(organisation_id=inside.pk)
    document.refresh_from_db()
    text = _text(document)
    for said in (document.number, "Self-billing", "BE0403019261", "EUR 1,452.00", "EUR 252.00", "Organisation BV"):
        assert said in text
    case = invoiced.entitlement.case
    assert case.reference in text
    assert case.candidate is not None
    assert case.candidate.name not in text


@pytest.mark.parametrize(
    ("changes", "total", "said"),
    [
        ({"vat_regime": "small_business"}, "1200.00", "56bis"),
        ({"country": "FR", "vat_number": "FR83404833048"}, "1200.00", "Reverse charge"),
    ],
)
def test_vat_follows_the_payee(
    inside: Organisation, approved: Payable, changes: dict[str, str], total: str, said: str
) -> None:
    payee_of(inside, approved.member, **changes)
    _issue(inside)
    rendering.render_all(organisation_id=inside.pk)
    document = Document.objects.get()
    assert document.total == Decimal(total)
    assert said in _text(document)


def test_someone_without_an_enterprise_gets_a_statement(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member, kind="person", enterprise_number="", vat_number="")
    _issue(inside)
    rendering.render_all(organisation_id=inside.pk)
    document = Document.objects.get()
    text = _text(document)
    assert (document.kind, document.number[:2], document.vat) == ("statement", "PS", 0)
    assert "Payment statement" in text
    assert "VAT 21" not in text


def test_an_employee_is_paid_with_the_wages(inside: Organisation, approved: Payable) -> None:
    payee_of(inside, approved.member, kind="employee", employee_number="E7")
    _issue(inside)
    line = PayrollLine.objects.get()
    today = timezone.localdate()
    assert (line.gross, line.employee_number, line.month) == (Decimal(1200), "E7", today.replace(day=1))
    assert not Document.objects.exists()


def test_a_picture_that_fails_is_made_later_under_the_same_number(inside: Organisation, invoiced: Payable) -> None:
    blocked = Path(settings.MEDIA_ROOT) / "documents" / str(inside.pk)
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where a folder is wanted")
    rendering.render_all(organisation_id=inside.pk)
    number = Document.objects.get().number
    assert Document.objects.get().sha256 == ""
    blocked.unlink()
    Document.objects.update(next_try_at=timezone.now() - timedelta(1))
    rendering.render_all(organisation_id=inside.pk)
    document = Document.objects.get()
    assert (document.number, len(document.sha256)) == (number, 64)
    assert [path.name for path in Path(document.pdf.path).parent.iterdir()] == [f"{number}.pdf"]


@pytest.mark.parametrize("change", [{"total": 1}, {"number": "SB-1"}, {"issued_on": "2020-01-01"}])
def test_the_database_refuses_to_change_what_was_issued(
    inside: Organisation, invoiced: Payable, change: dict[str, object]
) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Document.objects.update(**change)


def test_the_database_refuses_another_picture(inside: Organisation, invoiced: Payable) -> None:
    rendering.render_all(organisation_id=inside.pk)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Document.objects.update(sha256="0" * 64)


@pytest.mark.parametrize("model", [Document, Line])
def test_the_database_refuses_to_delete_documents(
    inside: Organisation, invoiced: Payable, model: type[Document]
) -> None:
    with pytest.raises(DatabaseError, match=r"Cannot (update or )?delete"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_a_document_is_for_its_payee_and_for_finance(inside: Organisation, invoiced: Payable) -> None:
    rendering.render_all(organisation_id=inside.pk)
    address = f"/here/invoices/{Document.objects.get().pk}/"
    stranger, finance = MemberFactory(organisation=inside), MemberFactory(organisation=inside, roles=["finance"])
    for member, status in ((invoiced.member, 200), (finance, 200), (stranger, 404)):
        client = Client()
        client.force_login(member.user)
        assert client.get(address).status_code == status


def test_an_account_number_is_encrypted_in_the_database_and_masked_on_pages(
    inside: Organisation, approved: Payable
) -> None:
    payee = payee_of(inside, approved.member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM payouts_payee UNION SELECT iban FROM payouts_payeeevent")
        stored = [row[0] for row in cursor.fetchall()]
    assert all("0075" not in text for text in stored)
    assert payee.iban_masked == "BE·· ···· 7034"
    client = Client()
    client.force_login(approved.member.user)
    page = client.get("/here/earnings/details/").content.decode()
    assert "BE·· ···· 7034" in page
    assert "539007547034" not in page


def test_numbers_of_two_payees_are_two_series(inside: Organisation, invoiced: Payable) -> None:
    other = MemberFactory(organisation=inside)
    assert payee_of(inside, other).number == 2
    assert Series.objects.get(name__startswith="SB").last == 1


def test_the_account_number_in_full_is_for_who_pays(inside: Organisation, invoiced: Payable) -> None:
    finance, recruiter = (MemberFactory(organisation=inside, roles=[role]) for role in ("finance", "recruiter"))
    answers = {}
    for member in (finance, recruiter, invoiced.member):
        client = Client()
        client.force_login(member.user)
        answers[member.pk] = client.get(f"/here/payouts/{invoiced.pk}/account/")
    assert "BE68539007547034" in answers[finance.pk].content.decode()
    assert [answers[one.pk].status_code for one in (recruiter, invoiced.member)] == [403, 403]
