"""Membership of the network: what it costs, this quarter's dues, and people who are brought in."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from demo.building import at
from members.models import Member
from members.services import applying, membership
from payouts.selectors.statements import unpaid_sales
from payouts.services import dues, issuing

if TYPE_CHECKING:
    from demo.network import Teller

STAFF = ("ruben", "aylin", "sander")
LATE = (12, 29)


def tell(teller: "Teller", today: date) -> None:
    """Dues were charged for this quarter, and paid by most; one applied and waits for Sander, another did not answer yet."""
    organisation, people, everyone = teller.organisation, teller.people, teller.everyone
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    fifty = Decimal("50.00")
    terms = {"registration_fee": fifty, "dues": fifty, "dues_every": 3, "dues_from": quarter}
    costs = membership.save_terms(fields=terms)
    Member.objects.filter(pk__in=[people[name].pk for name in STAFF]).update(pays_dues=False)
    dues.charge_dues(organisation_id=organisation.pk, at=at(quarter))
    issuing.issue_all(organisation=organisation, at=at(quarter, 11))
    paid_on = quarter + timedelta(20)
    if paid_on <= today:
        late = {everyone[number].pk for number in LATE}
        dues_of = unpaid_sales().filter(lines__charge__kind="dues")
        teller.receive(paid_on, [one for one in dues_of if one.member_id not in late])
    asked = at(today - timedelta(9))
    applied = applying.bring_in(
        organisation=organisation,
        name="Noor van Dijk",
        email="noor@voorbeeld.example",
        language="nl",
        note="Je werkt al jaren zoals wij: kom erbij.",
        by=people["femke"],
        at=asked,
    )
    said = {
        "disciplines": ["Inkoop", "Logistiek"],
        "years": 17,
        "experience": "Inkoop ingericht bij een ziekenhuis, twee gemeenten en een scheepsbouwer; daarna zelfstandig.",
        "why": "Ik gun anderen graag werk, en sta er niet graag alleen voor.",
    }
    applying.apply(application=applied, fields=said, terms=costs, at=at(today - timedelta(6)))
    applying.bring_in(
        organisation=organisation,
        name="Thijs Kuiper",
        email="thijs@voorbeeld.example",
        language="nl",
        note="",
        by=everyone[8],
        at=at(today - timedelta(2)),
    )
