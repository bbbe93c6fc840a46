"""Finance's lists and a member's earnings make as many queries for many rows as for one of each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from payouts.models import Entitlement
from payouts.services import assessing, issuing, paying
from referrals.services import facts
from tests.factories import MemberFactory
from tests.stories import payee_of, publish, recommend

MOST_QUERIES = 45
REWARD = {
    "id": "bonus",
    "to": "introducer",
    "amount": {"kind": "fixed", "amount": "100"},
    "instalments": [{"share": "100%", "when": {"kind": "fact", "fact": "interviewed"}}],
}


@pytest.fixture
def people(organisation: Organisation) -> dict[str, Member]:
    """Someone who invoices, an employee, and two of finance."""
    made = {name: MemberFactory(organisation=organisation) for name in ("freelancer", "employee")}
    made |= {name: MemberFactory(organisation=organisation, roles=["finance"]) for name in ("finance", "checker")}
    with tenant(organisation.pk):
        publish(rewards=[REWARD])
        payee_of(organisation, made["freelancer"])
        payee_of(organisation, made["employee"], kind="employee", enterprise_number="", vat_number="", iban="")
    return made


def _earn(organisation: Organisation, people: dict[str, Member], number: int) -> None:
    """Have both earn four times: due, proposed, approved, approved and paid."""
    today, now = timezone.localdate(), timezone.now()
    for payee in (people["freelancer"], people["employee"]):
        with tenant(organisation.pk):
            for way in range(4):
                email = f"person{number}-{way}-{payee.pk}@mail.example"
                case, _ = recommend(organisation, payee, today - timedelta(1), email)
                facts.record(
                    case=case, facts=[facts.NewFact("consented", today), facts.NewFact("interviewed", today)], at=now
                )
        assessing.assess_due(organisation_id=organisation.pk, at=now)
        with tenant(organisation.pk):
            new = Entitlement.objects.filter(case__introducer=payee, state="due", payables=None).order_by("pk")
            made = paying.propose(entitlements=[one.pk for one in new[:3]], by=people["finance"], at=now)
            wanted = [one.pk for one in made[:2]]
            paying.approve(payables=wanted, on=today, by=people["checker"], at=now)
        issuing.issue_all(organisation=organisation, at=now)
        with tenant(organisation.pk):
            if not made[0].payroll_lines.exists():
                paying.mark_paid(payable=made[0], on=today, reference="1", by=people["finance"], at=now)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("finance", "/here/payouts/"),
        ("finance", "/here/invoices/"),
        ("finance", "/here/payroll/"),
        ("freelancer", "/here/earnings/"),
        ("employee", "/here/earnings/"),
    ],
)
def test_a_list_of_money_makes_as_many_queries_for_many_rows_as_for_one(
    organisation: Organisation, people: dict[str, Member], who: str, address: str
) -> None:
    client, counts = Client(), []
    client.force_login(people[who].user)
    for numbers in (range(1), range(1, 6)):
        for number in numbers:
            _earn(organisation, people, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= MOST_QUERIES
