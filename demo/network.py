"""De Waterkant, the Dutch network: forty members, opportunities in all stages, a year whose pot was divided, a year that runs."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, product, takewhile

from demo import meetings, membership, names, payees
from demo.building import at, crowd, organisation_of, programme
from demo.people import STORIES
from demo.telling import Teller
from kernel.periods import Period, last_day_of
from kernel.tenancy import tenant
from members.models import Member
from members.services import profiles
from payouts.services import assessing, dividing
from referrals.models import Opportunity
from referrals.services import opportunities

MEMBERS = 34
FOUNDED = date(2019, 1, 1)
PRESETS = (
    ("Aandeel in omzet", "revenue_share"),
    ("Munten voor gesprekken", "coins_talks"),
    ("Munten voor nieuwe leden", "coins_member"),
    ("Munten voor publiciteit", "coins_publicity"),
)


def load(today: date) -> None:
    """Make the network."""
    organisation, people = organisation_of(STORIES[1], FOUNDED)
    with tenant(organisation.pk):
        for name, preset in PRESETS:
            programme(name, preset, FOUNDED)
        pairs = list(product(names.FIRST_NL, names.LAST_NL))
        everyone = [people["femke"], people["bas"], *crowd(organisation, MEMBERS, pairs[3::17], [], FOUNDED)]
        teller = Teller(organisation, people, everyone)
        year = divided_year(today)
        _write_profiles(teller, today)
        _tell_a_year(teller, year)
        _divide_its_pot(teller, year)
        costs = membership.save_costs(teller, today)
        membership.bring_somebody_in(teller, year + 1, costs)
        _tell_of_publicity(teller, year + 1)
        _tell_of_work(teller, year + 1, today)
        _tell_of_now(teller, today)
        membership.tell(teller, today, costs)
        meetings.tell(teller, today)


def divided_year(today: date) -> int:
    """Return the last year whose pot can have been divided by now: that is over in the middle of March."""
    return (today - timedelta(75)).year - 1


def _write_profiles(teller: Teller, today: date) -> None:
    """People came one by one, and say what they do; some are available."""
    for number, member in enumerate(teller.everyone):
        joined = FOUNDED + timedelta(number * 53)
        Member.objects.filter(pk=member.pk).update(joined_on=joined)
        payees.introduce(teller.organisation, member, at(joined + timedelta(9)))
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
        profiles.save_profile(member=member, fields=fields, at=at(joined + timedelta(9)))


def _tell_a_year(teller: Teller, year: int) -> None:
    """Femke was offered two assignments at once and passed one on; Bas landed a different one there, and remits."""
    femke, bas, everyone = teller.people["femke"], teller.people["bas"], teller.everyone
    shared = teller.share(femke, date(year, 2, 10), 0)
    teller.want(shared, [bas, everyone[7]], date(year, 2, 12))
    teller.talk(shared, bas, date(year, 2, 26))
    teller.land(shared, [bas], date(year, 3, 17), "medium", 2600, "Interim-teamleider planning")
    second = teller.share(everyone[4], date(year, 5, 6), 1)
    teller.want(second, [everyone[9], everyone[12]], date(year, 5, 8), team="Rekenkamer")
    teller.land(second, [everyone[9], everyone[12]], date(year, 6, 2), "small", 3400)
    text = "Goede gesprekken; ze kozen uiteindelijk voor iemand van henzelf."
    for number, by in enumerate((5, 11, 18, 23)):
        on = date(year, 4 + number, 5)
        lost = teller.share(everyone[by], on, 2 + number)
        teller.want(lost, [everyone[by + 3]], on + timedelta(2))
        teller.talk(lost, everyone[by + 3], on + timedelta(12))
        teller.close(lost, on + timedelta(30), "lost", text)
    for number, (by, about) in enumerate(((6, "Interview in een vakblad"), (13, "Lezing op een congres"))):
        on = date(year, 9, 3 + number)
        teller.confirm(teller.publish(everyone[by], on, about, f"waterkant-{number}"), on + timedelta(2))
    for number in range(3, 13):
        teller.month(last_day_of(date(year, number, 1)), is_paid=number % 3 == 0)


def _divide_its_pot(teller: Teller, year: int) -> None:
    """The year was closed by two."""
    ruben, aylin = teller.people["ruben"], teller.people["aylin"]
    proposed = date(year + 1, 2, 20)
    assessing.assess_due(organisation_id=teller.organisation.pk, at=at(proposed))
    made = dividing.propose(organisation=teller.organisation, year=year, by=ruben, at=at(proposed))
    objection = dividing.object_to(
        pot=made,
        text="Mijn lezing van januari staat er niet bij.",
        by=teller.everyone[13],
        at=at(proposed + timedelta(3)),
    )
    text = "Die was na nieuwjaar, en telt dus voor dit jaar."
    dividing.answer(objection=objection, text=text, by=aylin, at=at(proposed + timedelta(4)))
    closed = proposed + timedelta(15)
    dividing.close(organisation=teller.organisation, pot=made, by=aylin, at=at(closed))
    teller.pay(closed + timedelta(5))


def _tell_of_publicity(teller: Teller, year: int) -> None:
    """Two had their publicity confirmed as the year began."""
    for number, (by, about) in enumerate(((13, "Lezing over samen werk delen"), (21, "Stuk in de krant"))):
        on = date(year, 1, 14 + number * 12)
        teller.confirm(teller.publish(teller.everyone[by], on, about, f"waterkant-{2 + number}"), on + timedelta(3))


def _tell_of_work(teller: Teller, year: int, today: date) -> None:
    """Another assignment was landed early in the year; who performs says what they invoiced, but not of the last month yet."""
    everyone = teller.everyone
    shared = teller.share(everyone[2], date(year, 1, 12), 11)
    teller.want(shared, [everyone[8], everyone[28]], date(year, 1, 14))
    teller.talk(shared, everyone[8], date(year, 1, 27))
    teller.land(shared, [everyone[8]], date(year, 2, 9), "large", 6200)
    first_of_last = (today.replace(day=1) - timedelta(1)).replace(day=1)
    unpaid_from = Period(-2, 0).after(first_of_last)
    for last in takewhile(lambda last: last < first_of_last, _ends_of_months(year)):
        teller.month(last, is_paid=last.month % 3 == 0 and last < unpaid_from)


def _ends_of_months(year: int) -> Iterator[date]:
    """Return the last days of the months from the first of a year on."""
    return (last_day_of(Period(number, 0).after(date(year, 1, 1))) for number in count())


def _tell_of_now(teller: Teller, today: date) -> None:
    """Opportunities stand in every stage."""
    femke, everyone = teller.people["femke"], teller.everyone
    lost = teller.share(everyone[20], today - timedelta(120), 6)
    teller.want(lost, [everyone[21]], today - timedelta(118))
    teller.talk(lost, everyone[21], today - timedelta(105))
    teller.close(lost, today - timedelta(90), "gone", "Het budget is geschrapt.")
    teller.share(everyone[14], today - timedelta(3), 7)
    anonymous = {"visibility": Opportunity.Visibility.ANONYMISED, "early": Opportunity.Early.HEARD}
    hidden = teller.share(everyone[15], today - timedelta(6), 8, **anonymous)
    teller.want(hidden, everyone[1:3], today - timedelta(5), introduced=False)
    introduced = teller.share(femke, today - timedelta(16), 9)
    teller.want(introduced, everyone[3:5], today - timedelta(14))
    talking = teller.share(everyone[16], today - timedelta(25), 10)
    teller.want(talking, [femke], today - timedelta(24))
    teller.talk(talking, femke, today - timedelta(9))
    founding = {"what": Opportunity.What.COMPANY, "starts_on": None, "days_a_week": None}
    title = {"title": "Samen een bureau voor digitale toegankelijkheid", "about": "Wie bouwt mee?"}
    together = opportunities.share(
        fields={"disciplines": ["UX", "Software"], **founding, **title},
        client_name="",
        asked=[],
        by=everyone[17],
        at=at(today - timedelta(11)),
    )
    teller.want(together, everyone[24:27], today - timedelta(10), team="Toegang")
    teller.publish(teller.people["bas"], today - timedelta(4), "Podcast over samenwerken", "podcast")
    assessing.assess_due(organisation_id=teller.organisation.pk, at=at(today))
