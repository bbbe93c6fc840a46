"""What goes with the wages: handed over as a file, marked as processed by the month, corrected in the next."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Account, Payable, PayrollExport, PayrollLine
from payouts.selectors import payroll as selectors
from payouts.selectors.auditing.everything import differences
from payouts.services import issuing, paying, payroll, settings
from programmes.models import Programme
from tests.stories import payee_of

TODAY = timezone.localdate()
MONTH = TODAY.replace(day=1)


@pytest.fixture
def line(inside: Organisation, approved: Payable) -> PayrollLine:
    payee_of(inside, approved.member, kind="employee", employee_number="E7")
    issuing.issue_all(organisation=inside, at=timezone.now())
    return PayrollLine.objects.get()


def _process(organisation: Organisation, by: Member) -> int:
    """Export the month, and mark it as processed."""
    payroll.export(month=MONTH, kind=PayrollExport.Format.CSV, by=by, at=timezone.now())
    return payroll.process(organisation=organisation, month=MONTH, on=TODAY, by=by, at=timezone.now())


def test_a_month_is_processed_once_and_its_amounts_are_paid(
    inside: Organisation, line: PayrollLine, checker: Member
) -> None:
    assert _process(inside, checker) == 1
    assert Payable.objects.get().state == "paid"
    balances = {account.kind: account.balance for account in Account.objects.all() if account.balance}
    assert balances == {"bonuses": Decimal(1200), "payroll": Decimal(-1200)}
    with pytest.raises(payroll.ProcessedAlreadyError):
        _process(inside, checker)
    assert list(differences()) == []


def test_what_comes_after_a_month_was_processed_goes_into_the_next(
    inside: Organisation, line: PayrollLine, checker: Member
) -> None:
    _process(inside, checker)
    assert selectors.open_month(date(MONTH.year, MONTH.month, 28)) > MONTH
    assert selectors.open_month(date(2020, 1, 5)) == date(2020, 1, 1)


def test_nobody_marks_a_month_in_which_they_are_paid(inside: Organisation, line: PayrollLine) -> None:
    with pytest.raises(payroll.OwnMoneyError):
        _process(inside, line.member)


def test_wage_codes_follow_the_programme(inside: Organisation, line: PayrollLine) -> None:
    settings.save(organisation=inside, fields={"wage_code": "100"})
    assert [one.wage_code for one in selectors.wages(MONTH)] == ["100"]
    settings.save(organisation=inside, fields={"wage_codes": {str(Programme.objects.get().pk): "207"}})
    assert [one.wage_code for one in selectors.wages(MONTH)] == ["207"]


def _rows(client: Client, wanted: str) -> list[list[object]]:
    answer = client.post(f"/here/payroll/{MONTH:%Y-%m}/", {"format": wanted})
    assert answer.status_code == 200
    if wanted == "csv":
        return [list(line.split(",")) for line in answer.content.decode("utf-8-sig").splitlines()]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_payroll_gets_a_file_and_it_is_kept_that_it_did(
    inside: Organisation, line: PayrollLine, checker: Member, wanted: str
) -> None:
    Member.objects.filter(pk=line.member_id).update(name="=1+1")
    settings.save(organisation=inside, fields={"wage_code": "100"})
    inside.language = "nl"
    inside.save()
    client = Client()
    client.force_login(checker.user)
    head, row = _rows(client, wanted)
    assert head[:3] == ["Personeelsnummer", "Naam", "Looncode"]
    gross = "1200.00" if wanted == "csv" else 1200
    name = "'=1+1" if wanted == "csv" else "=1+1"
    assert row == ["E7", name, "100", f"{MONTH:%Y-%m}", gross, "EUR", line.payable.entitlement.case.reference]
    kept = PayrollExport.objects.get()
    assert (kept.format, kept.lines, kept.total, kept.exported_by) == (wanted, 1, Decimal(1200), checker)


def test_an_employee_number_is_added_where_it_is_missing(
    inside: Organisation, approved: Payable, checker: Member
) -> None:
    payee_of(inside, approved.member, kind="employee", employee_number="")
    issuing.issue_all(organisation=inside, at=timezone.now())
    client = Client()
    client.force_login(checker.user)
    assert client.post(f"/here/payroll/numbers/{approved.member_id}/", {"number": "E9"}).status_code == 302
    assert [one.employee_number for one in selectors.wages(MONTH)] == ["E9"]


def test_payroll_has_to_get_all_of_a_month_first(inside: Organisation, line: PayrollLine, checker: Member) -> None:
    def process() -> int:
        return payroll.process(organisation=inside, month=MONTH, on=TODAY, by=checker, at=timezone.now())

    with pytest.raises(payroll.NotExportedError):
        process()
    earlier = line.written_at - timedelta(hours=1)
    payroll.export(month=MONTH, kind=PayrollExport.Format.CSV, by=checker, at=earlier)
    with pytest.raises(payroll.NotExportedError):
        process()
    payroll.export(month=MONTH, kind=PayrollExport.Format.CSV, by=checker, at=timezone.now())
    assert process() == 1


def test_what_goes_with_the_wages_is_not_paid_by_hand(inside: Organisation, line: PayrollLine, checker: Member) -> None:
    with pytest.raises(paying.NotPayableError):
        paying.mark_paid(payable=line.payable, on=TODAY, reference="X", by=checker, at=timezone.now())
