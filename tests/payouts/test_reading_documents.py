"""What members and finance read of documents: what a credit note does, which invoices are open, amounts to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from notices.writing import money as writing
from payouts.models import Document
from programmes import wording
from referrals.models import Placement
from tests.factories import MemberFactory
from tests.stories_of_network import earn, network, pay, settle, share, win, with_payees

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def clerk(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, roles=["finance"])


@pytest.fixture
def placement(inside: Organisation, clerk: Member) -> Placement:
    sharer, performer = (MemberFactory(organisation=inside, name=name) for name in ("Femke", "Bas"))
    with_payees(inside, [sharer, performer])
    (found,) = win(share(sharer), performer)
    earn(found, FEBRUARY, "2000.00")
    settle(inside)
    return found


def test_the_mail_of_a_credit_note_says_what_it_takes_off_which_invoice(
    inside: Organisation, placement: Placement, client: Client
) -> None:
    assert placement.performer
    earn(placement, FEBRUARY, "1000.00")
    settle(inside)
    credit = Document.objects.get(kind="sale_credit")
    letter = writing.invoiced(credit, None, "/")
    assert letter.lines == [f"It takes EUR 181.50 off {Document.objects.get(kind='sale').number}."]
    client.force_login(placement.performer.user)
    assert "To be paid by" not in client.get(f"/here/invoices/{credit.pk}/").text


def test_finance_sees_which_sales_are_open_and_what_is_left_of_them(
    inside: Organisation, placement: Placement, clerk: Member, client: Client
) -> None:
    earn(placement, date(2026, 3, 1), "1000.00")
    settle(inside)
    first, second = Document.objects.filter(kind="sale").order_by("pk")
    pay(inside, first, str(first.total), clerk, on=timezone.localdate())
    pay(inside, second, "100.00", clerk, on=timezone.localdate())
    client.force_login(clerk.user)
    assert second in client.get("/here/invoices/").context["page"].object_list
    page = client.get("/here/invoices/", {"open": "on"})
    assert list(page.context["page"]) == [second]
    assert "EUR 81.50" in page.text


@pytest.mark.parametrize(
    ("amount", "said"), [("165.2876", "EUR 165.29"), ("0.999", "EUR 1.00"), ("-0.005", "EUR -0.01")]
)
def test_amounts_are_rounded_and_not_cut_off(amount: str, said: str) -> None:
    assert wording.money(Decimal(amount), "EUR") == said
