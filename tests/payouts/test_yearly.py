"""Yearly forms: whom the tax authorities of the Netherlands and of Belgium want to know of."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from kernel.encryption import EncryptedText
from members.models import Member, Organisation
from payouts.models import Document, Payable, Payee, YearlyExport
from payouts.selectors import yearly
from payouts.services import issuing, paying
from tests.factories import MemberFactory
from tests.stories import payee_of

Form = YearlyExport.Form
YEAR = timezone.localdate().year
BSN = "111222333"


def _paid(organisation: Organisation, payable: Payable, by: Member, **details: object) -> Document:
    payee_of(organisation, payable.member, **details)
    issuing.issue_all(organisation=organisation, at=timezone.now())
    paying.mark_paid(payable=payable, on=timezone.localdate(), reference="X", by=by, at=timezone.now())
    return Document.objects.get()


@pytest.mark.parametrize(
    ("details", "is_named"),
    [
        ({"kind": "person"}, True),
        ({"is_natural_person": True, "vat_regime": "not_taxable", "vat_number": ""}, True),
        ({"is_natural_person": True}, False),  # with VAT on the invoice
        ({"vat_regime": "not_taxable", "vat_number": ""}, False),  # a company
    ],
)
def test_the_dutch_form_names_natural_persons_paid_without_vat(
    inside: Organisation, approved: Payable, checker: Member, details: dict[str, object], is_named: bool
) -> None:
    document = _paid(inside, approved, checker, bsn=BSN, born_on=date(1990, 5, 1), **details)
    found = yearly.people(Form.UBD, YEAR)
    assert len(found) == is_named
    if found:
        (row,) = list(yearly.rows(Form.UBD, found))[1:]
        assert row[0] == BSN
        assert row[-3:] == [document.number, timezone.localdate(), Decimal(1200)]
    assert yearly.people(Form.UBD, YEAR - 1) == []


def test_the_belgian_form_tells_what_was_paid_of_the_year_and_whether_with_vat(
    inside: Organisation, approved: Payable, checker: Member
) -> None:
    _paid(inside, approved, checker)
    (person,) = yearly.people(Form.BE_281_50, YEAR)
    assert (person.attributed, person.net, person.total, person.is_with_vat) == (
        Decimal(1200), Decimal(1200), Decimal(1452), True
    )  # fmt: skip


def test_what_was_made_out_but_not_paid_is_of_the_year_all_the_same(inside: Organisation, invoiced: Payable) -> None:
    (person,) = yearly.people(Form.BE_281_50, YEAR)
    assert (person.attributed, person.net, person.is_with_vat) == (Decimal(1200), 0, False)


def test_the_form_of_the_country_is_exported_and_that_is_kept(
    inside: Organisation, approved: Payable, checker: Member, client: Client
) -> None:
    inside.country = "NL"
    inside.save()
    _paid(inside, approved, checker, kind="person", bsn=BSN)
    client.force_login(checker.user)
    page = client.get("/here/books/year/").text
    assert approved.member.name in page
    assert "birth date" in page  # what is missing is said
    assert BSN not in page
    file = client.post(f"/here/books/year/{YEAR}/", {"format": "csv"})
    assert BSN in file.text
    kept = YearlyExport.objects.get()
    assert (kept.form, kept.people, kept.exported_by) == (Form.UBD, 1, checker)
    assert client.post("/here/books/year/1999/").status_code == 404


def test_only_finance_sees_it(inside: Organisation, client: Client) -> None:
    client.force_login(MemberFactory(organisation=inside, roles=["recruiter"]).user)
    assert client.post(f"/here/books/year/{YEAR}/").status_code == 403


def test_the_number_is_encrypted_at_rest() -> None:
    assert isinstance(Payee._meta.get_field("bsn"), EncryptedText)
