"""How the network's story is told: what members, finance and the bank do in it."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from demo import names
from demo.building import at
from members.models import Member, Organisation
from payouts.models import Movement, Statement
from payouts.selectors import payables
from payouts.selectors.statements import unpaid_sales
from payouts.services import assessing, issuing, paying, statements
from referrals.models import Opportunity, Placement, Publicity
from referrals.services import activities, assignments, opportunities

if TYPE_CHECKING:
    from payouts.selectors.statements import UnpaidSale


class Teller:
    """Each step through the services that the pages use, on its own day; what the bank tells, as an import would have stored it."""

    def __init__(self, organisation: Organisation, people: dict[str, Member], everyone: list[Member]) -> None:
        self.organisation, self.people, self.everyone = organisation, people, everyone
        self.random = random.Random(15)
        self.running: list[tuple[Placement, Decimal, date]] = []

    def share(self, by: Member, on: date, number: int, **fields: object) -> Opportunity:
        """Have a member share an opportunity."""
        title, client, disciplines, town = names.OPPORTUNITIES_NL[number]
        said: dict[str, object] = {
            "title": title,
            "disciplines": list(disciplines),
            "town": town,
            "starts_on": on + timedelta(40),
            "lasts": "zes maanden, misschien langer",
            "days_a_week": Decimal(3),
            "rate": f"EUR {self.random.randrange(85, 130, 5)} per uur",
            "about": names.ABOUT_NL[number % len(names.ABOUT_NL)],
            "known_how": "Oud-collega die daar het programma leidt; ze belde me deze week.",
        }
        return opportunities.share(fields=said | fields, client_name=client, asked=[], by=by, at=at(on))

    def want(
        self, shared: Opportunity, members: list[Member], on: date, *, introduced: bool = True, team: str = ""
    ) -> None:
        """Have members say that they are interested, and be introduced."""
        made = [
            opportunities.say_interested(
                opportunity=shared, why=names.WHY_NL[place % len(names.WHY_NL)], by=member, at=at(on, 11 + place)
            )
            for place, member in enumerate(members)
        ]
        if introduced:
            later = on + timedelta(4)
            opportunities.introduce(
                opportunity=shared,
                interests=[one.pk for one in made],
                team=team,
                on=later,
                by=shared.case.introducer,
                at=at(later),
            )

    def talk(self, shared: Opportunity, member: Member, on: date) -> None:
        """Have a member talk with who offers it."""
        assignments.hold_talks(opportunity=shared, performer=member, on=on, by=member, at=at(on, 16))

    def land(
        self, shared: Opportunity, members: list[Member], on: date, level: str, a_month: int, title: str = ""
    ) -> None:
        """Have members land it, and declare the contribution."""
        won = assignments.win(opportunity=shared, performers=members, title=title, on=on, by=members[0], at=at(on, 17))
        assignments.declare(placement=won[0], level=level, on=on, by=members[0], at=at(on, 18))
        self.running += [(one, Decimal(a_month), on) for one in won]

    def close(self, shared: Opportunity, on: date, reason: str, text: str) -> None:
        """Have who shares it close it."""
        by = shared.case.introducer
        opportunities.close(opportunity=shared, reason=reason, text=text, on=on, by=by, at=at(on, 9))

    def publish(self, by: Member, on: date, about: str, link: str) -> Publicity:
        """Have a member claim coins for publicity."""
        address = f"https://voorbeeld.example/{link}"
        return activities.claim_publicity(link=address, about=about, on=on, by=by, at=at(on))

    def confirm(self, publicity: Publicity, on: date) -> None:
        """Have the administrator confirm it."""
        by = self.people["sander"]
        activities.decide_publicity(publicity=publicity, is_confirmed=True, said="", by=by, at=at(on))

    def month(self, last: date, *, is_paid: bool = True) -> None:
        """Have performers say what they invoiced in a month that is over; bill it, and have it paid."""
        first = last.replace(day=1)
        said_on = last + timedelta(3)
        for placement, usual, since in self.running:
            if since > last:
                continue
            amount = usual + self.random.randrange(-4, 5) * 50
            assert placement.performer is not None
            assignments.set_turnover(
                placement=placement, month=first, amount=Decimal(amount), by=placement.performer, at=at(said_on)
            )
        billed_on = (last + timedelta(32)).replace(day=1)
        for on in (said_on, billed_on):
            assessing.assess_due(organisation_id=self.organisation.pk, at=at(on))
            issuing.issue_all(organisation=self.organisation, at=at(on, 12))
        if is_paid:
            self.receive(billed_on + timedelta(12))
            self.pay(billed_on + timedelta(15))

    def receive(self, on: date, sales: Sequence["UnpaidSale"] | None = None) -> None:
        """Have the bank tell that what was invoiced was paid, or some of it."""
        found = list(unpaid_sales()) if sales is None else sales
        if not found:
            return
        last = Statement.objects.order_by("-pk").first()
        opened = last.closed if last and last.closed is not None else Decimal(10_000)
        statement = Statement.objects.create(
            sha256=f"{on:%Y%m%d}{len(found):056d}",
            identifier=f"{on:%Y%m%d}",
            first_on=on,
            last_on=on,
            opened=opened,
            closed=opened + sum((one.left for one in found), Decimal(0)),
            imported_by=self.people["ruben"],
            imported_at=at(on, 8),
        )
        for one in found:
            movement = Movement.objects.create(
                statement=statement,
                key=f"{on:%Y%m%d}-{one.pk}",
                on=on,
                amount=one.left,
                currency=one.currency,
                name=one.customer["name"],
                reference=one.reference,
            )
            statements.match_sales(movement=movement, documents=[one.pk], by=self.people["ruben"], at=at(on, 8))
        assessing.assess_due(organisation_id=self.organisation.pk, at=at(on, 9))

    def pay(self, on: date) -> None:
        """Have what is due to introducers proposed, approved, invoiced and paid."""
        due = list(payables.to_propose().values_list("pk", flat=True))
        made = paying.propose(entitlements=due, by=self.people["ruben"], at=at(on))
        paying.approve(payables=[one.pk for one in made], on=on, by=self.people["aylin"], at=at(on, 11))
        issuing.issue_all(organisation=self.organisation, at=at(on, 12))
        for payable in made:
            if payable.amount > 0 and payable.lines.exists():
                reference = f"BANK-{on:%Y%m%d}-{payable.pk}"
                paying.mark_paid(payable=payable, on=on, reference=reference, by=self.people["ruben"], at=at(on, 15))
