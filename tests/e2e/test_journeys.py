"""Whole journeys: a recommendation from the form to the payment, with everyone at a browser of their own."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kernel import work
from kernel.tenancy import tenant
from members.models import Organisation
from payouts.models import Entitlement
from payouts.services import assessing, settings
from referrals.models import Case
from tests.bank import OURS, Entry, camt_of
from tests.e2e.conftest import Visit, Visitor, member_of
from tests.factories import OrganisationFactory
from tests.stories import publish

pytestmark = pytest.mark.django_db(transaction=True)


def _case() -> str:
    organisation = Organisation.objects.get(slug="brugwerk")
    with tenant(organisation.pk):
        return Case.objects.get().reference


def _record(page: Page, link: str, **fields: str) -> None:
    page.get_by_role("link", name=link).click()
    for label, value in fields.items():
        field = page.get_by_label(re.compile("^\\s*" + label.replace("_", " ")))
        field.select_option(value) if label == "Seniority" else field.fill(value)
    page.get_by_role("button", name="Save", exact=True).click()


def _recommends(member: Visitor) -> None:
    page = member.goes_to("/brugwerk/referrals/")
    page.get_by_role("link", name="Recommend someone").first.click()
    member.looks_it_over()
    expect(page.get_by_text("EUR 1,200.00 if the placement comes within 1 month")).to_be_visible()
    page.get_by_label("Their name").fill("An Peeters")
    page.get_by_label("Their e-mail address").fill("an@mail.example")
    page.get_by_label("How do you know them?").fill("Two years in one team.")
    expect(page.get_by_text("This person can be recommended.")).to_be_visible()
    page.get_by_role("button", name="Recommend", exact=True).click()
    expect(page.get_by_role("heading", name="An Peeters")).to_be_visible()
    member.looks_it_over()
    expect(page.get_by_text("Waiting for the person's answer")).to_be_visible()


def _agrees(person: Visitor, token: str) -> None:
    page = person.goes_to(f"/c/{token}/")
    expect(page.get_by_role("heading", name="Lotte recommends you to Brugwerk.")).to_be_visible()
    page.get_by_role("button", name="Yes, you may contact me").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    person.looks_it_over()


def _finds_work_for_them(recruiter: Visitor, today: date) -> None:
    page = recruiter.goes_to("/brugwerk/inbox/")
    page.get_by_role("button", name="Take it in charge").click()
    expect(page.get_by_text("You take care of An Peeters now.")).to_be_visible()
    page = recruiter.goes_to("/brugwerk/pipeline/")
    page.get_by_text("Move An Peeters").locator("..").click()
    page.get_by_role("button", name="Interviewed").click()
    expect(page.get_by_text("An Peeters: Interviewed.")).to_be_visible()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    agreed, began = today - timedelta(140), today - timedelta(130)
    placed = {"Assignment_or_job": "Tester", "Seniority": "medior", "Agreed_on": agreed.isoformat()}
    _record(page, "Record a placement", Client="Havenbedrijf", **placed)
    _record(page, "Record the first day at work", First_day_at_work=began.isoformat())
    for back in (96, 64, 32):
        _record(page, "Record days worked", Month=f"{today - timedelta(back):%Y-%m}", Days_worked="21")
    expect(page.get_by_text("63", exact=True)).to_be_visible()
    recruiter.looks_it_over()


def _says_how_to_be_paid(member: Visitor) -> None:
    page = member.goes_to("/brugwerk/earnings/")
    expect(page.get_by_text("Tell us how you are paid.")).to_be_visible()
    page.get_by_role("link", name="How I am paid").click()
    member.looks_it_over()
    page.get_by_label("I have an enterprise").check()
    page.get_by_label("Account number (IBAN)").fill("BE68 5390 0754 7035")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This is no valid account number.")).to_be_visible()
    member.wrong = [wrong for wrong in member.wrong if "422" not in wrong]
    for label, text in (
        ("Street and number", "Koestraat 1"),
        ("Postal code", "9000"),
        ("Town", "Gent"),
        ("Enterprise number", "0403.019.261"),
        ("VAT number", "BE 0403 019 261"),
        ("Account number (IBAN)", "BE68 5390 0754 7034"),
    ):
        page.get_by_label(label).fill(text)
    member.looks_it_over()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Self-billing agreement")).to_be_visible()
    member.looks_it_over()
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("From now on invoices are made out for you.")).to_be_visible()


def _proposes(proposer: Visitor) -> None:
    page = proposer.goes_to("/brugwerk/payouts/")
    page.get_by_role("link", name=_case()).click()
    expect(page.get_by_text("60 days were worked by")).to_be_visible()
    proposer.looks_it_over()
    page.go_back()
    page.get_by_role("checkbox", name=_case()).check()
    page.get_by_role("button", name="Propose the chosen for payment").click()
    expect(page.get_by_text("1 amount was proposed.")).to_be_visible()
    proposer.looks_it_over()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def _approves(approver: Visitor) -> None:
    page = approver.goes_to("/brugwerk/payouts/")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Approve the chosen").click()
    expect(page.get_by_text("1 amount was approved.")).to_be_visible()
    expect(page.get_by_text("its invoice is being made out")).to_be_visible()
    work.sweep()  # the invoice is made out,
    work.sweep()  # and then its picture
    page = approver.goes_to("/brugwerk/payouts/")
    expect(page.get_by_text("EUR 1,452.00")).to_be_visible()
    approver.goes_to("/brugwerk/invoices/")
    approver.goes_to("/brugwerk/payroll/")


def _proposes_a_batch(proposer: Visitor) -> None:
    page = proposer.goes_to("/brugwerk/payouts/batches/")
    expect(page.get_by_text("first payment to this account")).to_be_visible()
    page.get_by_role("button", name="Propose a batch").click()
    expect(page.get_by_role("heading", name="Batch 1")).to_be_visible()
    expect(page.get_by_text("Someone else has to approve it.")).to_be_visible()
    proposer.looks_it_over()


def _approves_the_batch_and_imports_the_statement(approver: Visitor) -> None:
    page = approver.goes_to("/brugwerk/payouts/batches/")
    page.get_by_role("link", name="Batch 1").click()
    expect(page.get_by_text("Look at these twice")).to_be_visible()
    page.get_by_role("button", name="Approve EUR 1,452.00").click()
    expect(page.get_by_text("Fetch the file and hand it to the bank.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="File for the bank").click()
    (order,) = re.findall(r"<EndToEndId>(.+)</EndToEndId>", download.value.path().read_text())
    approver.looks_it_over()
    page = approver.goes_to("/brugwerk/payouts/statements/")
    told = camt_of([Entry(Decimal("-1452.00"), order), Entry(Decimal("-7.50"), text="Costs of the account")])
    page.get_by_label("File (camt.053)").set_input_files({"name": "bank.xml", "mimeType": "text/xml", "buffer": told})
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("2 new movements, 1 was matched.")).to_be_visible()
    page.get_by_text("What is it?").click()
    approver.looks_it_over()
    page.get_by_placeholder("Bank costs, for example").fill("Bank costs")
    page.get_by_role("button", name="Not for here").click()
    expect(page.get_by_text("Nothing is open.")).to_be_visible()


def _accepts_the_invoice(member: Visitor) -> None:
    page = member.goes_to("/brugwerk/earnings/")
    expect(page.get_by_text("paid", exact=False).first).to_be_visible()
    page.get_by_role("link", name="SB-00001").click()
    member.looks_it_over()
    page.get_by_role("button", name="I accept it").click()
    expect(page.get_by_text("Thank you: you accepted it.")).to_be_visible()
    for name, begins in (("PDF", b"%PDF-1."), ("UBL", b"<?xml")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().read_bytes().startswith(begins)


def test_a_cooptation_bonus_from_the_form_to_the_payment(agency: Organisation, visit: Visit, tokens: list[str]) -> None:
    with tenant(agency.pk):
        settings.save(organisation=agency, fields={"iban": OURS})
    member = visit(member_of(agency, "Lotte"))
    _recommends(member)
    _agrees(visit(), tokens[0])
    _finds_work_for_them(visit(member_of(agency, "Joris", "recruiter")), timezone.localdate())
    work.sweep()
    _says_how_to_be_paid(member)
    proposer = visit(member_of(agency, "Greet", "finance"))
    _proposes(proposer)
    approver = visit(member_of(agency, "Bart", "finance"))
    _approves(approver)
    _proposes_a_batch(approver)
    _approves_the_batch_and_imports_the_statement(proposer)
    page = member.goes_to(f"/brugwerk/referrals/{_case()}/")
    expect(page.get_by_text("EUR 1,200.00").first).to_be_visible()
    page.get_by_text("Why?").click()
    expect(page.get_by_text("The person agreed on")).to_be_visible()
    member.looks_it_over()
    _accepts_the_invoice(member)


def test_a_referral_bonus_half_at_the_start_and_half_after_probation(visit: Visit, tokens: list[str]) -> None:
    company = OrganisationFactory(slug="brugwerk", name="Halve Maan IT", colour="#b4532a")
    with tenant(company.pk):
        publish("it_referral_bonus")
    today = timezone.localdate()
    member, recruiter = visit(member_of(company, "Priya")), visit(member_of(company, "Daan", "recruiter"))
    page = member.goes_to("/brugwerk/referrals/new/")
    expect(page.get_by_text("EUR 5,000.00 where seniority is senior")).to_be_visible()
    expect(page.get_by_text("of it is earned once the person started work")).to_be_visible()
    for label, text in (
        ("Their name", "Bo Bakker"),
        ("Their e-mail address", "bo@mail.example"),
        ("How do you", "Well."),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Recommend", exact=True).click()
    expect(page.get_by_role("heading", name="Bo Bakker")).to_be_visible()
    person = visit().goes_to(f"/c/{tokens[0]}/")
    person.get_by_role("button", name="Yes, you may contact me").click()
    expect(person.get_by_text("Thank you.")).to_be_visible()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    page.get_by_role("button", name="Take it in charge").click()
    page = recruiter.goes_to(f"/brugwerk/pipeline/{_case()}/")
    placed = {"Assignment_or_job": "Engineer", "Seniority": "senior", "Agreed_on": today.isoformat()}
    _record(page, "Record a placement", Client="Halve Maan IT", **placed)
    ends = (today + timedelta(60)).isoformat()
    _record(page, "Record the first day at work", First_day_at_work=today.isoformat(), Probation_ends_on=ends)
    work.sweep()
    page = member.goes_to(f"/brugwerk/referrals/{_case()}/")
    expect(page.get_by_text("Earned on")).to_have_count(1)
    expect(page.get_by_text("EUR 2,500.00")).to_have_count(2)
    expect(page.get_by_text("This date is set.")).to_be_visible()
    with tenant(company.pk):
        pinned = Case.objects.get().pk
    assessing.assess_due(organisation_id=company.pk, at=timezone.now() + timedelta(60))
    with tenant(company.pk):
        states = Entitlement.objects.filter(case=pinned).order_by("instalment").values_list("state", flat=True)
        assert list(states) == ["due", "due"]
    page = visit(member_of(company, "Ingrid", "finance")).goes_to("/brugwerk/payouts/")
    expect(page.get_by_role("checkbox")).to_have_count(3)
    page.get_by_role("checkbox", name="Choose all").check()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
    page.get_by_role("checkbox", name="Choose all").uncheck()
