"""A member is charged what was looked at, once; what is wrong is said beside its field."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Charge
from payouts.services import charging, settings
from tests.bank import OURS
from tests.factories import MemberFactory
from tests.stories import payee_of

ADDRESS = "/here/invoices/charge/"
SAID = {
    "kind": "dues",
    "description": "Dues 2026",
    "amount": "1.100,50",
    "supplied_on": timezone.localdate().isoformat(),
}


@pytest.fixture
def lotte(inside: Organisation) -> Member:
    settings.save(organisation=inside, fields={"iban": OURS})
    return MemberFactory(organisation=inside, name="Lotte")


@pytest.fixture
def finance(inside: Organisation, client: Client) -> Client:
    client.force_login(MemberFactory(organisation=inside, roles=["finance"]).user)
    return client


def _look(finance: Client, member: Member, **changes: str) -> Any:
    return finance.post(ADDRESS, SAID | {"member": str(member.pk)} | changes)


def _signed(page: str) -> dict[str, str]:
    (found,) = re.findall(r'name="signed" value="([^"]+)"', page)
    return {"signed": found}


def test_what_is_charged_is_looked_at_with_its_vat_and_charged_once(
    inside: Organisation, lotte: Member, finance: Client
) -> None:
    payee_of(inside, lotte)
    fields = {
        "member": lotte,
        "kind": "other",
        "description": "A room",
        "amount": 20,
        "supplied_on": timezone.localdate(),
    }
    charging.charge(organisation=inside, fields=fields, by=None, at=timezone.now())
    page = _look(finance, lotte).text.replace("\xa0", " ")
    for told in ("EUR 1,100.50", "VAT 21 %", "EUR 231.11", "EUR 1,331.61", "A room, EUR 20.00"):
        assert told in page
    assert Charge.objects.count() == 1
    for _ in range(2):
        assert finance.post(ADDRESS, _signed(page)).status_code == 302
    assert [str(one.amount) for one in Charge.objects.filter(description="Dues 2026")] == ["1100.50"]


def test_without_details_the_amount_stands_alone(inside: Organisation, lotte: Member, finance: Client) -> None:
    page = _look(finance, lotte).text.replace("\xa0", " ")
    assert "EUR 1,100.50 without VAT." in page
    assert finance.post(ADDRESS, _signed(page)).status_code == 302
    assert Charge.objects.count() == 1


def test_nobody_charges_what_another_looked_at_or_made_up(inside: Organisation, lotte: Member, finance: Client) -> None:
    signed = _signed(_look(finance, lotte).text)
    other = Client()
    other.force_login(MemberFactory(organisation=inside, roles=["finance"]).user)
    for client, sent in ((other, signed), (finance, {"signed": "made:up"})):
        assert "Look at it again." in client.post(ADDRESS, sent, follow=True).text
    assert not Charge.objects.exists()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_can_be_charged(
    inside: Organisation, lotte: Member, finance: Client
) -> None:
    answer = _look(finance, lotte, amount="-1")
    assert answer.status_code == 422
    assert "Dues 2026" in answer.text
    assert 'name="signed"' not in answer.text


def test_what_could_not_be_charged_can_be_charged_again(inside: Organisation, lotte: Member) -> None:
    fields = {"member": lotte, "kind": "dues", "description": "Q4", "amount": 20, "supplied_on": timezone.localdate()}
    said: dict[str, Any] = {"organisation": inside, "looked_at": "signed", "by": lotte, "at": timezone.now()}
    with pytest.raises(ValueError, match="Cannot assign"):
        charging.charge_once(fields=fields | {"member": "nobody"}, **said)
    for _ in range(2):
        charging.charge_once(fields=fields, **said)
    assert Charge.objects.count() == 1
