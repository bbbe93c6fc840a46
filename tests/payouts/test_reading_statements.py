"""What finance reads of a statement, whether one before it is missing; and a member of an invoice, what is left of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.models import Message
from payouts.models import Document, Movement, Statement
from payouts.selectors.statements import gap_before
from payouts.services import charging, issuing, rendering, settings, statements
from tests.bank import OURS, Entry, camt_of
from tests.factories import MemberFactory
from tests.stories import payee_of

D = Decimal
TODAY = timezone.localdate()


@pytest.fixture
def finance(inside: Organisation) -> Member:
    settings.save(organisation=inside, fields={"iban": OURS})
    return MemberFactory(organisation=inside, roles=["finance"])


def test_a_statement_that_does_not_begin_where_the_one_before_it_ended_says_so(
    inside: Organisation, finance: Member, client: Client
) -> None:
    client.force_login(finance.user)
    pages = []
    for amount, identifier in (("7.00", "first"), ("8.00", "later")):
        content = camt_of([Entry(D(amount))], identifier=identifier)
        statements.import_file(organisation=inside, content=content, by=finance, at=timezone.now())
        found = Movement.objects.get(amount=D(amount))
        pages.append(client.get(f"/here/payouts/statements/read/{found.statement_id}/").text.replace("\xa0", " "))
    assert "may be missing" not in pages[0]
    assert "ended with EUR 1,007.00; this one begins with EUR 1,000.00" in pages[1]


DAYS = [(29, 29, 0, 10), (30, 30, 10, 20), (31, 31, 20, 30)]


@pytest.mark.parametrize(
    ("told", "gaps"),
    [
        (DAYS, []),
        ([DAYS[0], DAYS[2]], [31]),
        ([DAYS[2], DAYS[0], DAYS[1]], []),
        ([(31, 31, 20, 25), (31, 31, 25, 30), DAYS[1]], []),
        ([(31, 31, 25, 30), (31, 31, 20, 25), DAYS[1]], []),
        ([DAYS[1], (31, 31, 25, 30)], [31]),
        ([(1, 31, 0, 30), *DAYS], []),
        ([*DAYS, (1, 31, 0, 30)], []),
        ([DAYS[2], (1, 31, 0, 30)], []),
        ([(1, 20, 0, 5), (10, 31, 3, 30)], []),
        ([(1, 10, 0, 5), (15, 31, 7, 30)], [15]),
        ([(1, 10, 0, 5), (15, 31, 5, 30)], []),
    ],
)
def test_a_gap_is_one_of_balances_whatever_the_days_of_statements(
    inside: Organisation, finance: Member, told: Sequence[tuple[int, int, int, int]], gaps: list[int]
) -> None:
    for number, (first, last, opened, closed) in enumerate(told):
        Statement.objects.create(
            sha256=str(number),
            identifier=str(number),
            first_on=date(2026, 3, first),
            last_on=date(2026, 3, last),
            opened=D(opened),
            closed=D(closed),
            imported_by=finance,
            imported_at=timezone.now(),
        )
    found = [one for one in Statement.objects.order_by("first_on", "pk") if gap_before(one)]
    assert [one.first_on.day for one in found if one.first_on] == gaps


@pytest.mark.parametrize(("came", "left"), [("70.50", "EUR 50.50 is left to be paid"), ("121.00", "nothing is left")])
def test_who_paid_too_much_before_reads_what_is_left_of_the_next_invoice(
    inside: Organisation, finance: Member, came: str, left: str
) -> None:
    customer = MemberFactory(organisation=inside)
    payee_of(inside, customer)
    for number in range(2):
        fields = {"member": customer, "kind": "dues", "description": "Q4", "amount": D(50), "supplied_on": TODAY}
        charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
        issuing.issue_all(organisation=inside, at=timezone.now())
        if not number:
            content = camt_of([Entry(D(came))])
            statements.import_file(organisation=inside, content=content, by=finance, at=timezone.now())
            sale = Document.objects.get()
            said = {"movement": Movement.objects.get(), "by": finance, "at": timezone.now()}
            statements.match_sales(documents=[sale.pk], keeps_rest=True, **said)
    rendering.render_all(organisation_id=inside.pk)
    told = Message.objects.get(about=f"document:{Document.objects.latest('pk').pk}").text
    assert left in told.replace("\xa0", " ")
    assert ("with the reference" in told) == (left[:3] == "EUR")
