"""De Waterkant, the Dutch network: forty members, opportunities in all stages, a year whose pot was divided, a year that runs."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from demo import meetings, membership, names, payees
from demo.building import at, crowd, organisation_of, programme
from demo.people import STORIES
from kernel.periods import last_day_of
from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.services import profiles
from payouts.models import Movement, Statement
from payouts.selectors import payables
from payouts.selectors.statements import unpaid_sales
from payouts.services import assessing, dividing, issuing, paying, statements
from referrals.models import Opportunity, Placement
from referrals.services import activities, assignments, opportunities

MEMBERS = 35
PRESETS = (
    ("Aandeel in omzet", "revenue_share"),
    ("Munten voor gesprekken", "coins_talks"),
    ("Munten voor nieuwe leden", "coins_member"),
    ("Munten voor publiciteit", "coins_publicity"),
)

if TYPE_CHECKING:
    from payouts.selectors.statements import UnpaidSale


def load(today: date) -> None:
    """Make the network."""
    founded = date(2019, 1, 1)
    organisation, people = organisation_of(STORIES[1], founded)
    with tenant(organisation.pk):
        for name, preset in PRESETS:
            programme(name, preset, founded)
        pairs = list(product(names.FIRST_NL, names.LAST_NL))
        everyone = [people["femke"], people["bas"], *crowd(organisation, MEMBERS, pairs[3::17], [], founded)]
        teller = Teller(organisation, people, everyone)
        teller.write_profiles(today)
        teller.tell_last_year(today)
        teller.divide_the_pot(today)
        teller.tell_this_year(today)
        membership.tell(teller, today)
        meetings.tell(teller, today)


class Teller:
    """Tells of the network: each step through the services that the pages use, on its own day."""

    def __init__(self, organisation: Organisation, people: dict[str, Member], everyone: list[Member]) -> None:
        self.organisation, self.people, self.everyone = organisation, people, everyone
        self.random = random.Random(15)
        self.running: list[tuple[Placement, Decimal, date]] = []

    def write_profiles(self, today: date) -> None:
        """Everybody says what they do; some are available."""
        for number, member in enumerate(self.everyone):
            payees.introduce(self.organisation, member, at(date(2019, 2, 1)))
            headline, disciplines = names.TRADES_NL[number % len(names.TRADES_NL)]
            fields = {
                "headline": headline,
                "disciplines": list(disciplines),
                "years": 8 + number * 7 % 22,
                "experience": names.EXPERIENCE_NL[number % len(names.EXPERIENCE_NL)],
                "languages": ["nl", "en", *(["de"] if number % 4 == 0 else [])],
                "town": names.TOWNS_NL[number % len(names.TOWNS_NL)],
            }
            if number % 5 == 2:
                fields |= {"available_from": today + timedelta(number - 12), "days_a_week": Decimal(2 + number % 3)}
            profiles.save_profile(member=member, fields=fields, at=at(date(2019, 2, 1)))

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

    def tell_last_year(self, today: date) -> None:
        """Femke was offered two assignments at once and passed one on; Bas landed a different one there, and remits."""
        year, femke, bas = today.year - 1, self.people["femke"], self.people["bas"]
        shared = self.share(femke, date(year, 2, 10), 0)
        self.want(shared, [bas, self.everyone[7]], date(year, 2, 12))
        self.talk(shared, bas, date(year, 2, 26))
        self.land(shared, [bas], date(year, 3, 17), "medium", 2600, "Interim-teamleider planning")
        second = self.share(self.everyone[4], date(year, 5, 6), 1)
        self.want(second, [self.everyone[9], self.everyone[12]], date(year, 5, 8), team="Rekenkamer")
        self.land(second, [self.everyone[9], self.everyone[12]], date(year, 6, 2), "small", 3400)
        for number, by in enumerate((5, 11, 18, 23)):
            on = date(year, 4 + number, 5)
            lost = self.share(self.everyone[by], on, 2 + number)
            self.want(lost, [self.everyone[by + 3]], on + timedelta(2))
            self.talk(lost, self.everyone[by + 3], on + timedelta(12))
            self.close(
                lost, on + timedelta(30), "lost", "Goede gesprekken; ze kozen uiteindelijk voor iemand van henzelf."
            )
        for number, (by, about) in enumerate(((6, "Interview in een vakblad"), (13, "Lezing op een congres"))):
            on = date(year, 9, 3 + number)
            made = activities.claim_publicity(
                link=f"https://voorbeeld.example/waterkant-{number}",
                about=about,
                on=on,
                by=self.everyone[by],
                at=at(on),
            )
            activities.decide_publicity(
                publicity=made, is_confirmed=True, said="", by=self.people["sander"], at=at(on + timedelta(2))
            )
        for number in range(3, 13):
            self.month(last_day_of(date(year, number, 1)), is_paid=number % 3 == 0)

    def divide_the_pot(self, today: date) -> None:
        """The year was closed by two."""
        ruben, aylin = self.people["ruben"], self.people["aylin"]
        proposed = date(today.year, 2, 20)
        assessing.assess_due(organisation_id=self.organisation.pk, at=at(proposed))
        made = dividing.propose(organisation=self.organisation, year=today.year - 1, by=ruben, at=at(proposed))
        objection = dividing.object_to(
            pot=made,
            text="Mijn lezing van december staat er niet bij.",
            by=self.everyone[13],
            at=at(proposed + timedelta(3)),
        )
        text = "Die was in januari, en telt dus voor dit jaar."
        dividing.answer(objection=objection, text=text, by=aylin, at=at(proposed + timedelta(4)))
        closed = proposed + timedelta(15)
        dividing.close(organisation=self.organisation, pot=made, by=aylin, at=at(closed))
        self.pay(closed + timedelta(5))

    def tell_this_year(self, today: date) -> None:
        """Assignments go on; opportunities stand in every stage."""
        for number in range(1, today.month - 1):
            self.month(last_day_of(date(today.year, number, 1)), is_paid=number % 3 == 0 and number < today.month - 3)
        lost = self.share(self.everyone[20], today - timedelta(120), 6)
        self.want(lost, [self.everyone[21]], today - timedelta(118))
        self.talk(lost, self.everyone[21], today - timedelta(105))
        self.close(lost, today - timedelta(90), "gone", "Het budget is geschrapt.")
        self.share(self.everyone[14], today - timedelta(3), 7)
        anonymous = {"visibility": Opportunity.Visibility.ANONYMISED, "early": Opportunity.Early.HEARD}
        hidden = self.share(self.everyone[15], today - timedelta(6), 8, **anonymous)
        self.want(hidden, self.everyone[1:3], today - timedelta(5), introduced=False)
        introduced = self.share(self.people["femke"], today - timedelta(16), 9)
        self.want(introduced, self.everyone[3:5], today - timedelta(14))
        talking = self.share(self.everyone[16], today - timedelta(25), 10)
        self.want(talking, [self.people["femke"]], today - timedelta(24))
        self.talk(talking, self.people["femke"], today - timedelta(9))
        founding = {"what": Opportunity.What.COMPANY, "starts_on": None, "days_a_week": None}
        title = {"title": "Samen een bureau voor digitale toegankelijkheid", "about": "Wie bouwt mee?"}
        together = opportunities.share(
            fields={"disciplines": ["UX", "Software"], **founding, **title},
            client_name="",
            asked=[],
            by=self.everyone[17],
            at=at(today - timedelta(11)),
        )
        self.want(together, self.everyone[24:27], today - timedelta(10), team="Toegang")
        on = today - timedelta(4)
        activities.claim_publicity(
            link="https://voorbeeld.example/podcast",
            about="Podcast over samenwerken",
            on=on,
            by=self.people["bas"],
            at=at(on),
        )
        assessing.assess_due(organisation_id=self.organisation.pk, at=at(today))
