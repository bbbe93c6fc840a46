"""Membership of the network: what it costs, this quarter's dues, and people who are brought in."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from demo import payees
from demo.building import account, at
from members.models import Application, Member, MembershipTerms
from members.selectors.meetings import quarter_of
from members.services import applying, joining, membership
from payouts.selectors.statements import unpaid_sales
from payouts.services import dues, issuing

if TYPE_CHECKING:
    from demo.telling import Teller

STAFF = ("ruben", "aylin", "sander")
LATE = (12, 29)


def save_costs(teller: "Teller", today: date) -> MembershipTerms:
    """Membership costs 50 euro to join, and 50 a quarter, from this quarter on; who runs the network pays no dues."""
    fifty = Decimal("50.00")
    Member.objects.filter(pk__in=[teller.people[name].pk for name in STAFF]).update(pays_dues=False)
    terms = {"registration_fee": fifty, "dues": fifty, "dues_every": 3, "dues_from": quarter_of(today)[0]}
    return membership.save_terms(fields=terms)


def bring_somebody_in(teller: "Teller", year: int, costs: MembershipTerms) -> None:
    """Femke brought somebody in as a year began, who was admitted, joined, and paid the fee: it brought her coins."""
    asked = date(year, 1, 8)
    applied = _ask(teller, "Chen de Graaf", "chen@voorbeeld.example", teller.people["femke"], asked)
    said = {
        "disciplines": ["UX", "Service design"],
        "years": 11,
        "experience": "Loketten en apps voor drie gemeenten en een pensioenfonds; eerst in dienst, nu zelfstandig.",
        "why": "Femke vertelde hoe jullie werk doorgeven. Zo wil ik ook werken.",
    }
    applying.apply(application=applied, fields=said, terms=costs, at=at(asked + timedelta(3)))
    by, organisation = teller.people["sander"], teller.organisation
    found = "Elf jaar, waarvan vier als zelfstandige; twee opdrachtgevers gesproken."
    applying.admit(organisation=organisation, application=applied, found=found, by=by, at=at(asked + timedelta(6)))
    applied.refresh_from_db()
    assert applied.invitation_id
    user = account("chen@voorbeeld.example", "nl")
    joined = asked + timedelta(8)
    member = joining.accept_invitation(
        organisation=organisation, invitation_id=applied.invitation_id, user=user, at=at(joined)
    )
    payees.introduce(organisation, member, at(joined, 11))
    issuing.issue_all(organisation=organisation, at=at(joined, 12))
    paid_on = joined + timedelta(12)
    teller.receive(paid_on, list(unpaid_sales().filter(member=member)))
    dues.note_paid_registrations(organisation_id=organisation.pk, at=at(paid_on, 10))


def tell(teller: "Teller", today: date, costs: MembershipTerms) -> None:
    """Dues were charged for this quarter, and paid by most; one applied and waits for Sander, another did not answer yet."""
    organisation, everyone, quarter = teller.organisation, teller.everyone, quarter_of(today)[0]
    dues.charge_dues(organisation_id=organisation.pk, at=at(quarter))
    issuing.issue_all(organisation=organisation, at=at(quarter, 11))
    paid_on = quarter + timedelta(20)
    if paid_on <= today:
        late = {everyone[number].pk for number in LATE}
        dues_of = unpaid_sales().filter(lines__charge__kind="dues")
        teller.receive(paid_on, [one for one in dues_of if one.member_id not in late])
    note = "Je werkt al jaren zoals wij: kom erbij."
    by, asked = teller.people["femke"], today - timedelta(9)
    applied = _ask(teller, "Noor van Dijk", "noor@voorbeeld.example", by, asked, note)
    said = {
        "disciplines": ["Inkoop", "Logistiek"],
        "years": 17,
        "experience": "Inkoop ingericht bij een ziekenhuis, twee gemeenten en een scheepsbouwer; daarna zelfstandig.",
        "why": "Ik gun anderen graag werk, en sta er niet graag alleen voor.",
    }
    applying.apply(application=applied, fields=said, terms=costs, at=at(today - timedelta(6)))
    _ask(teller, "Thijs Kuiper", "thijs@voorbeeld.example", everyone[8], today - timedelta(2))


def _ask(teller: "Teller", name: str, email: str, by: Member, on: date, note: str = "") -> Application:
    return applying.bring_in(
        organisation=teller.organisation, name=name, email=email, language="nl", note=note, by=by, at=at(on)
    )
