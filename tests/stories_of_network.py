"""Stories of a network: somebody shares an opportunity, somebody else lands it, and remits of their turnover."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.selectors.membership import membership_terms
from members.services import agenda, applying, meetings, membership, thanking
from payouts.models import Document, Pot
from payouts.services import assessing, dividing, issuing, settings, statements
from referrals.models import Interest, Opportunity, Placement, Publicity
from referrals.services import activities, assignments, opportunities
from tests.bank import Entry, camt_of
from tests.factories import MemberFactory
from tests.stories import Told, at, payee_of, publish

IBAN = "BE68539007547034"
SHARED, WON = date(2026, 1, 5), date(2026, 2, 1)


def network(organisation: Organisation, **changes: Any) -> None:
    """Publish a share of turnover and coins, and say how the organisation invoices."""
    publish("revenue_share", name="Share", **changes)
    publish("coins_talks", name="Coins")
    settings.save(organisation=organisation, fields={"iban": IBAN, "remittance_period": "each"})


def share(by: Member, on: date = SHARED, **fields: Any) -> Opportunity:
    """Have a member share an opportunity."""
    more = {name: fields.pop(name) for name in ("asked", "for_organisation", "client_name") if name in fields}
    said = {"title": "Interim controller", "disciplines": ["Finance"]} | fields
    return opportunities.share(fields=said, by=by, at=at(on), **{"client_name": "Havenbedrijf", "asked": []} | more)


def want(opportunity: Opportunity, member: Member) -> None:
    """Have a member say that they are interested, unless they did."""
    Interest.objects.get_or_create(opportunity=opportunity, member=member, defaults={"since": timezone.now()})


def win(opportunity: Opportunity, *performers: Member, level: str = "small", on: date = WON) -> list[Placement]:
    """Have members land it, who want it, and declare the contribution."""
    for performer in performers:
        want(opportunity, performer)
    won = assignments.win(opportunity=opportunity, performers=performers, title="", on=on, by=performers[0], at=at(on))
    if level:
        assignments.declare(placement=won[0], level=level, on=on, by=performers[0], at=at(on))
    return won


def earn(placement: Placement, month: date, amount: str, on: date | None = None) -> None:
    """Have a performer say what their turnover of a month was, by default on the last day of the month."""
    assert placement.performer is not None
    told_at = at(on) if on else timezone.now()
    assignments.set_turnover(
        placement=placement, month=month, amount=Decimal(amount), by=placement.performer, at=told_at
    )


def settle(organisation: Organisation, on: date | None = None) -> None:
    """Have the worker assess, and make out what waits."""
    moment = at(on) if on else timezone.now()
    assessing.assess_due(organisation_id=organisation.pk, at=moment)
    issuing.issue_all(organisation=organisation, at=moment)


def pay(organisation: Organisation, document: Document, amount: str, by: Member, on: date | None = None) -> None:
    """Have the bank tell that a sales invoice was paid, and what follows."""
    bank_reference = f"{document.pk}-{amount}-{on}"
    came = Entry(Decimal(amount), reference=document.reference, bank_reference=bank_reference, on=on)
    moment = at(on) if on else timezone.now()
    statements.import_file(organisation=organisation, content=camt_of([came]), by=by, at=moment)
    settle(organisation, on)


def claim(by: Member, on: date, link: str = "https://x.example/b") -> Publicity:
    """Have a member claim coins for publicity."""
    return activities.claim_publicity(link=link, about="A post", on=on, by=by, at=at(on))


def publicise(by: Member, checker: Member, on: date, link: str = "https://x.example/a") -> Publicity:
    """Have a member claim coins for publicity, and somebody confirm it."""
    made = claim(by, on, link)
    activities.decide_publicity(publicity=made, is_confirmed=True, said="", by=checker, at=at(on))
    return made


def talk_in_vain(by: Member, to: Member, on: date) -> None:
    """Have an opportunity that a member shared lead to talks with another, and no assignment."""
    shared = share(by, on)
    want(shared, to)
    assignments.hold_talks(opportunity=shared, performer=to, on=on, by=to, at=at(on))
    opportunities.close(opportunity=shared, reason="lost", text="They took another.", on=on, by=by, at=at(on))


def divide(organisation: Organisation, year: int, proposed: date, closed: date, by: Sequence[Member]) -> Pot:
    """Have the first of two propose to divide a year's pot on a day, and the second close it on another."""
    made = dividing.propose(organisation=organisation, year=year, by=by[0], at=at(proposed))
    return dividing.close(organisation=organisation, pot=made, by=by[1], at=at(closed))


def with_payees(organisation: Organisation, members: Collection[Member]) -> None:
    """Have members say how they are paid, and agree to self-billing."""
    for member in members:
        payee_of(organisation, member)


def tell_of_network(told: Told) -> dict[str, object]:
    """Go on with the story: its introducer shares an opportunity too, which another member landed. Return what addresses need."""
    performer = MemberFactory(organisation=told.organisation)
    today = timezone.localdate()
    with tenant(told.organisation.pk):
        publish("revenue_share", name="Share", on=today - timedelta(400))
        shared = share(told.introducer, today - timedelta(60))
        opportunities.say_interested(opportunity=shared, why="I did it before.", by=performer, at=timezone.now())
        (placement,) = win(shared, performer, on=today - timedelta(40))
        earn(placement, today.replace(day=1), "1000.00")
        publish("coins_publicity", name="Publicity", on=today - timedelta(400))
        publicity = activities.claim_publicity(
            link="https://x.example/a", about="A talk", on=today, by=performer, at=timezone.now()
        )
        finance = MemberFactory(organisation=told.organisation, roles=["finance"])
        year = today.year - 1
        settle(told.organisation)
        pot = dividing.propose(organisation=told.organisation, year=year, by=finance, at=timezone.now())
        objection = dividing.object_to(pot=pot, text="Mine are missing.", by=performer, at=timezone.now())
        membership.save_terms(fields={"registration_fee": Decimal("50.00")})
        application = applying.bring_in(
            organisation=told.organisation,
            name="Noor",
            email="noor@mail.example",
            language="nl",
            note="",
            by=performer,
            at=timezone.now(),
        )
        said = {"years": 12, "experience": "Ports."}
        begins = timezone.now() + timedelta(9)
        thanks = thanking.thank(to=told.introducer, text="For the tip.", by=performer, at=timezone.now())
        fields = {"title": "Autumn", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Utrecht"}
        meeting = meetings.plan(fields=fields, by=performer, at=timezone.now())
        item = agenda.add(
            meeting=meeting, fields={"kind": "talk", "title": "", "minutes": 20}, by=performer, at=timezone.now()
        )
        applying.apply(application=application, fields=said, terms=membership_terms(), at=timezone.now())
    settle(told.organisation)
    reference = shared.case.reference
    return {
        "opportunities/<slug:reference>": f"opportunities/{reference}",
        "assignments/<slug:reference>": f"assignments/{reference}",
        "<int:publicity_id>": publicity.pk,
        "<int:objection_id>": objection.pk,
        "<int:application_id>": application.pk,
        "<int:meeting_id>": meeting.pk,
        "<int:item_id>": item.pk,
        "<int:thanks_id>": thanks.pk,
    }
