"""Money in the browser: contesting, taking back, invoices of members' own, charges, payroll, points, closing, erasing."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.services.accounts import set_language
from payouts.models import Document, Entitlement, Movement, Payable
from payouts.selectors import claims
from payouts.services import assessing, charging, issuing, paying, settings
from payouts.services import points as catalogue
from payouts.ubl.writing import write
from referrals.models import Case
from referrals.pipeline import Stage
from referrals.services import consent, moves
from tests.bank import OURS, Entry, camt_of
from tests.e2e.conftest import LOOKS, ON_A_PHONE, Visit, Visitor, member_of
from tests.factories import OrganisationFactory
from tests.payouts.test_assessing import _work_until_due
from tests.payouts.test_claiming import _invoice
from tests.stories import PDF, Told, at, payee_of, publish, recommend, tell

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@pytest.fixture
def told() -> Told:
    """A bonus of EUR 1,200 is due to a member of Brugwerk."""
    organisation = OrganisationFactory(slug="brugwerk", name="Brugwerk")
    told = tell(organisation)
    _work_until_due(told)
    assessing.assess_due(organisation_id=organisation.pk, at=timezone.now())
    with tenant(organisation.pk):
        settings.save(organisation=organisation, fields={"iban": OURS})
    return told


@pytest.fixture
def greet(told: Told) -> Member:
    return member_of(told.organisation, "Greet", "finance")


@pytest.fixture
def bart(told: Told) -> Member:
    return member_of(told.organisation, "Bart", "finance")


def _approve(told: Told, maker: Member, checker: Member, **payee: str) -> Payable:
    """Have the bonus approved last month, and its document or payroll line made out."""
    with tenant(told.organisation.pk):
        wanted = Entitlement.objects.values_list("pk", flat=True)
        (payable,) = paying.propose(entitlements=wanted, by=maker, at=timezone.now())
        payee_of(told.organisation, told.introducer, **payee)
        paying.approve(payables=[payable.pk], on=LAST_MONTH, by=checker, at=timezone.now())
    work.sweep()
    work.sweep()
    return payable


def _import(finance: Visitor, *entries: Entry, identifier: str = "1") -> Page:
    page = finance.goes_to("/brugwerk/payouts/statements/")
    file = FilePayload(name="bank.xml", mimeType="text/xml", buffer=camt_of(entries, identifier=identifier))
    page.get_by_label("File (camt.053)").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("1 new movement, ")).to_be_visible()
    return page


def _take_back(finance: Visitor, number: str) -> None:
    page = finance.goes_to("/brugwerk/invoices/")
    page.get_by_role("link", name=number).first.click()
    page.get_by_text("Take it back by a credit note").click()
    finance.looks_it_over()
    page.get_by_label("Reason").last.fill("Small enterprise: no VAT.")
    page.get_by_role("button", name="Make out a credit note").click()
    expect(page.get_by_text("The credit note is being made out.")).to_be_visible()
    work.sweep()
    page.reload()
    expect(page.get_by_text("taken back by")).to_be_visible()


def test_an_invoice_is_contested_and_taken_back_and_the_next_one_is_right(
    told: Told, greet: Member, bart: Member, visit: Visit
) -> None:
    _approve(told, greet, bart)
    member, finance = visit(told.introducer), visit(bart)
    page = member.goes_to("/brugwerk/earnings/")
    page.get_by_role("link", name="SB-00001").click()
    page.get_by_text("Something is wrong").click()
    page.get_by_role("button", name="Contest it").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    member.wrong = [wrong for wrong in member.wrong if "422" not in wrong]
    page.get_by_label("Reason").fill("I am a small enterprise: no VAT.")
    member.looks_it_over()
    page.get_by_role("button", name="Contest it").click()
    expect(page.get_by_text("It is not paid before they answered you.")).to_be_visible()
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("Not paid now")).to_be_visible()
    _take_back(finance, "SB-00001")
    page = member.goes_to("/brugwerk/earnings/details/")
    page.get_by_label("Small business in Belgium").check()
    page.get_by_role("button", name="Save").click()
    work.sweep()
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("EUR 1,200.00")).to_be_visible()


def test_a_paid_invoice_is_taken_back_and_the_member_pays_the_vat_back(
    told: Told, greet: Member, bart: Member, visit: Visit
) -> None:
    payable = _approve(told, greet, bart)
    with tenant(told.organisation.pk):
        paying.mark_paid(payable=payable, on=TODAY, reference="BANK-1", by=greet, at=timezone.now())
    finance = visit(bart)
    _take_back(finance, "SB-00001")
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("waits for the document that replaces it")).to_be_visible()
    page = visit(told.introducer).goes_to("/brugwerk/earnings/details/")
    page.get_by_label("Small business in Belgium").check()
    page.get_by_role("button", name="Save").click()
    work.sweep()
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("goes with what is paid next")).to_be_visible()
    finance.looks_it_over()
    page = _import(finance, Entry(Decimal("252.00")))
    page.get_by_text("What is it?").click()
    finance.looks_it_over()
    page.get_by_role("button", name="pays back what was paid too much").click()
    expect(page.get_by_text("Matched and booked.")).to_be_visible()
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("Not paid now")).to_have_count(0)


def test_a_member_sends_their_own_invoice_as_pdf_and_then_as_ubl(
    told: Told, greet: Member, bart: Member, visit: Visit
) -> None:
    _approve(told, greet, bart, route="own_invoice")
    member, finance = visit(told.introducer), visit(greet)
    page = member.goes_to("/brugwerk/earnings/invoice/")
    expect(page.get_by_text("EUR 1,452.00").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(FilePayload(name="a.pdf", mimeType="application/pdf", buffer=PDF))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Finance looks at it")).to_be_visible()
    page = member.goes_to("/brugwerk/earnings/invoice/")
    expect(page.get_by_text("Nothing can be invoiced now.")).to_be_visible()
    page = finance.goes_to("/brugwerk/invoices/")
    page.get_by_role("link", name=told.introducer.name).first.click()
    finance.looks_it_over()
    page.get_by_label("Reason").fill("The VAT number is missing.")
    page.get_by_role("button", name="Send it back to the member").click()
    page = member.goes_to("/brugwerk/earnings/invoice/")
    expect(page.get_by_text("The VAT number is missing.")).to_be_visible()
    with tenant(told.organisation.pk):
        (bill,) = claims.bills(told.organisation, told.introducer)
        good = _invoice(bill)
    for invoice, said in (
        (replace(good, net=Decimal(1000)), "Without VAT it is 1000.00; 1200.00 is owed."),
        (good, "Thank you"),
    ):
        file = FilePayload(name="a.xml", mimeType="text/xml", buffer=write(invoice))
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text(said).first).to_be_visible()
        member.looks_it_over()
    member.wrong = [wrong for wrong in member.wrong if "422" not in wrong]
    page = finance.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("2026/17")).to_be_visible()


def test_a_member_is_charged_and_pays_too_much(told: Told, greet: Member, visit: Visit) -> None:
    with tenant(told.organisation.pk):
        payee_of(told.organisation, told.introducer)
    finance = visit(greet)
    page = finance.goes_to("/brugwerk/invoices/charge/")
    page.get_by_label("Member").select_option(label=told.introducer.name)
    page.get_by_label("what for", exact=False).first.select_option("dues")
    page.get_by_label("as it stands on the invoice", exact=False).fill("Dues 2026")
    page.get_by_label("amount without VAT", exact=False).fill("100")
    page.get_by_label("day or end of the period", exact=False).fill(TODAY.isoformat())
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator("#looked-at")).to_contain_text("EUR 121.00")
    finance.looks_it_over()
    page.get_by_role("button", name="Charge", exact=True).click()
    work.sweep()
    page = finance.goes_to("/brugwerk/invoices/")
    with tenant(told.organisation.pk):
        sale = Document.objects.get(kind="sale")
    page.get_by_role("link", name=sale.number).click()
    expect(page.get_by_text("EUR 121.00").first).to_be_visible()
    finance.looks_it_over()
    page = _import(finance, Entry(Decimal(130), text=sale.number))
    page.get_by_text("What is it?").click()
    page.get_by_label(sale.number).check()
    page.get_by_role("button", name="It pays this").click()
    expect(page.get_by_text("This does not fit")).to_be_visible()
    expect(page.get_by_label(sale.number)).to_be_checked()
    page.get_by_label("the rest is to be given back").check()
    finance.looks_it_over()
    page.get_by_role("button", name="It pays this").click()
    expect(page.get_by_text("Matched and booked.")).to_be_visible()
    page = _import(finance, Entry(Decimal(-9)), identifier="2")
    page.get_by_text("What is it?").click()
    finance.looks_it_over()
    page.get_by_label("Number of another invoice").fill(sale.number)
    page.get_by_role("button", name="It gives this back").click()
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    finance.wrong = [wrong for wrong in finance.wrong if "422" not in wrong]  # what did not fit
    with tenant(told.organisation.pk):
        assert list(Movement.objects.values_list("state", flat=True)) == ["settled", "settled"]


def test_a_bonus_goes_with_the_wages_and_the_month_is_closed(
    told: Told, greet: Member, bart: Member, visit: Visit
) -> None:
    _approve(told, greet, bart, kind="employee", employee_number="E7")
    finance = visit(bart)
    page = finance.goes_to("/brugwerk/payroll/")
    expect(page.get_by_role("cell", name="E7")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert "1200.00" in download.value.path().read_text()
    page = finance.goes_to("/brugwerk/payroll/")
    page.get_by_label("Wages paid on").fill(TODAY.isoformat())
    page.get_by_role("button", name="All of it was paid with the wages").click()
    expect(page.get_by_text("Processed by payroll?")).to_have_count(0)
    page = finance.goes_to("/brugwerk/books/")
    page.get_by_role("link", name="Close months").click()
    finance.looks_it_over()
    page.get_by_role("button", name="Close until here").click()
    expect(page.get_by_role("link", name="Close months")).to_have_count(0)
    for path in ("balances", "vat", "forecast", "year", "promise"):
        finance.goes_to(f"/brugwerk/books/{path}/")


@pytest.fixture
def company() -> Organisation:
    """A company in which a member has 50 points."""
    company = OrganisationFactory(slug="brugwerk", name="Halve Maan IT")
    member, recruiter = member_of(company, "Priya"), member_of(company, "Daan", "recruiter")
    began = TODAY - timedelta(10)
    with tenant(company.pk):
        publish("it_referral_points")
        case, _token = recommend(company, member, began)
        consent.agree(case=case, at=at(began))
        moves.accept(case=case, by=recruiter)
        for stage in (Stage.CONTACTED, Stage.INTERVIEWED):
            moves.move(case=case, seen=Stage(case.stage), to=stage, on=began, by=recruiter, at=at(began))
        Case.objects.update(next_check_on=TODAY)
        catalogue.save_item(item=None, fields={"name": "A conference", "points": 40, "stock": 1})
    assessing.assess_due(organisation_id=company.pk, at=timezone.now())
    return company


def test_points_are_redeemed_refused_and_come_back(company: Organisation, visit: Visit) -> None:
    with tenant(company.pk):
        member = visit(Member.objects.select_related("user").get(name="Priya"))
    finance = visit(member_of(company, "Ingrid", "finance"))
    page = member.goes_to("/brugwerk/earnings/rewards/")
    page.get_by_role("link", name="Choose A conference").click()
    page.get_by_label("what you have in mind", exact=False).fill("DjangoCon")
    member.looks_it_over()
    page.get_by_role("button", name="Redeem").click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()
    member.looks_it_over()
    page = finance.goes_to("/brugwerk/rewards/")
    page.get_by_label("what the member reads", exact=False).fill("It is full; choose another.")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("heading", name="Decided")).to_be_visible()
    page = member.goes_to("/brugwerk/earnings/rewards/")
    expect(page.get_by_text("It is full; choose another.")).to_be_visible()
    expect(page.get_by_role("link", name="Choose A conference")).to_be_visible()


def test_who_left_takes_their_data_along_and_is_erased(company: Organisation, visit: Visit) -> None:
    gone = member_of(company, "Tom")
    page = visit(gone).goes_to("/brugwerk/my-data/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    assert zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()
    with tenant(company.pk):
        Member.objects.filter(pk=gone.pk).update(left_on=TODAY)
    administrator = visit(member_of(company, "Hilde", "administrator"))
    page = administrator.goes_to("/brugwerk/settings/retention/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Erase Tom").click()
    expect(page.get_by_role("button", name="Erase Tom")).to_have_count(0)
    administrator.looks_it_over()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_of_money_reads_well_in_every_language(
    told: Told, greet: Member, bart: Member, visit: Visit, language: str
) -> None:
    _approve(told, greet, bart)
    with tenant(told.organisation.pk):
        fields = {
            "member": told.introducer, "kind": "dues", "description": "2026", "amount": Decimal(9), "supplied_on": TODAY
        }  # fmt: skip
        charging.charge(organisation=told.organisation, fields=fields, by=None, at=timezone.now())
    issuing.issue_all(organisation=told.organisation, at=timezone.now())
    for person, paths in (
        (told.introducer, ("earnings/", "earnings/details/", "earnings/agreement/", "earnings/rewards/", "my-data/")),
        (greet, ("payouts/", "payouts/batches/", "payouts/statements/", "invoices/", "invoices/charge/", "payroll/")),
        (bart, ("books/", "books/balances/", "books/vat/", "books/forecast/", "books/year/", "books/promise/")),
        (
            member_of(told.organisation, "Hilde", "administrator"),
            ("settings/payouts/", "settings/agreement/", "settings/words/", "settings/rewards/", "settings/sending/"),
        ),
    ):
        set_language(user=person.user, language=language)
        visitor = visit(person)
        for path in paths:
            visitor.goes_to(f"/brugwerk/{path}", LOOKS if language == "nl" else ON_A_PHONE)
            assert visitor.page.locator("html").get_attribute("lang") == language
