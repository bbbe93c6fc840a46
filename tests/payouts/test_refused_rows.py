"""A form of a row that was filled in wrongly says so in its row, with what was typed; the other rows stand as they did."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Document, Movement, Payable, Payment
from payouts.selectors import payables
from payouts.services import issuing, paying, statements
from referrals.models import Placement
from tests.bank import Entry, camt_of
from tests.payouts.test_remittances import FEBRUARY, MARCH, clerk, performer, placement, sharer
from tests.stories import payee_of
from tests.stories_of_network import earn, pay, settle

__all__ = ["clerk", "performer", "placement", "sharer"]
TODAY = timezone.localdate()
TOMORROW = (TODAY + timedelta(1)).isoformat()
MISSING, TO_COME = "This field is required.", "This date is still to come."


def _rows(by: Member, address: str, **typed: str) -> list[str]:
    """Return the forms of the page that follows: each from its beginning to its end."""
    client = Client()
    client.force_login(by.user)
    answer = client.post(address, typed)
    assert answer.status_code == 422
    return re.findall(r"<form.*?</form>", answer.content.decode(), re.DOTALL)


def _wrong(rows: list[str]) -> str:
    """Return the one form that says what is wrong with it."""
    (one,) = [row for row in rows if "field-errors" in row]
    return one


def test_of_two_amounts_the_one_that_was_sent_back_without_a_reason_says_so(
    inside: Organisation, placement: Placement, clerk: Member, checker: Member
) -> None:
    for month in (FEBRUARY, MARCH):
        earn(placement, month, "1000.00")
    settle(inside)
    for sale in Document.objects.filter(kind="sale"):
        pay(inside, sale, str(sale.total), clerk)
    first, second = paying.propose(entitlements=[one.pk for one in payables.to_propose()], by=clerk, at=timezone.now())
    row = _wrong(_rows(checker, f"/here/payouts/{second.pk}/send-back/", because=" "))
    assert MISSING in row
    assert f"/here/payouts/{second.pk}/send-back/" in row
    assert f"/here/payouts/{first.pk}/send-back/" not in row


def test_what_is_wrong_is_said_above_the_page_where_its_row_is_gone(
    inside: Organisation, approved: Payable, checker: Member
) -> None:
    client = Client()
    client.force_login(checker.user)
    page = client.post(f"/here/payouts/{approved.pk}/send-back/", {"because": ""}).text
    assert "does not stand here any more" in page
    assert MISSING in page
    assert "does not stand here any more" not in client.get("/here/payouts/").text


def test_an_amount_of_which_the_payment_was_mistyped_says_so(
    inside: Organisation, invoiced: Payable, checker: Member
) -> None:
    address = f"/here/payouts/{invoiced.pk}/paid/"
    row = _wrong(_rows(checker, address, on=TOMORROW, reference="Bank 12"))
    assert TO_COME in row
    assert f'value="{TOMORROW}"' in row
    assert 'value="Bank 12"' in row
    invoiced.refresh_from_db()
    assert invoiced.state == "approved"


def test_an_amount_goes_back_with_a_reason_only(inside: Organisation, proposed: Payable, checker: Member) -> None:
    assert MISSING in _wrong(_rows(checker, f"/here/payouts/{proposed.pk}/send-back/", because=" "))
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_of_a_batch_the_payment_and_the_day_say_what_is_wrong(
    inside: Organisation, payment: Payment, checker: Member
) -> None:
    assert MISSING in _wrong(_rows(checker, f"/here/payouts/payments/{payment.pk}/refused/", because=""))
    row = _wrong(_rows(checker, f"/here/payouts/batches/{payment.batch_id}/executed/", on=TOMORROW))
    assert TO_COME in row
    assert f'value="{TOMORROW}"' in row


def test_of_two_movements_the_one_that_was_put_aside_without_a_reason_says_so(
    inside: Organisation, payment: Payment, checker: Member
) -> None:
    content = camt_of([Entry(-7), Entry(-8)])
    statements.import_file(organisation=inside, content=content, by=checker, at=timezone.now())
    second = Movement.objects.order_by("pk")[1]
    address = f"/here/payouts/statements/{second.pk}/ignore/"
    row = _wrong(_rows(checker, address, because=""))
    assert MISSING in row
    assert address in row


@pytest.mark.parametrize(
    ("address", "typed", "said"), [("numbers/{}/", "number", MISSING), ("{}/processed/", "on", TO_COME)]
)
def test_payroll_says_what_is_wrong_where_it_is(
    inside: Organisation, approved: Payable, checker: Member, address: str, typed: str, said: str
) -> None:
    payee_of(inside, approved.member, kind="employee", employee_number="")
    issuing.issue_all(organisation=inside, at=timezone.now())
    of = approved.member_id if typed == "number" else f"{TODAY:%Y-%m}"
    row = _wrong(
        _rows(checker, "/here/payroll/" + address.format(of), **{typed: "" if typed == "number" else TOMORROW})
    )
    assert said in row
