"""Brugwerk, the Belgian agency: its 2018 as it is told, and a year under way."""

from datetime import date, timedelta
from itertools import product

from demo import money, names
from demo.building import Storyteller, at, crowd, organisation_of, programme
from demo.people import STORIES
from kernel.tenancy import tenant
from members.models import Member
from referrals.models import Case, Client
from referrals.pipeline import Stage
from referrals.services import leads, placements, submission

INTERVIEWED, SOON, LATER = 60, 14, 4
"""2018: sixty people interviewed, fourteen placed within a month (EUR 1,200) and four later (EUR 800): EUR 20,000."""

NO_MATCH = "Sterk profiel, maar de klant zocht meer ervaring met SAP. We houden contact voor wat volgt."


def load(today: date) -> None:
    """Make the agency."""
    organisation, people = organisation_of(STORIES[0], date(2017, 3, 1))
    with tenant(organisation.pk):
        programme("Coöptatiebonus", "cooptation_bonus", date(2017, 6, 1))
        programme("Nieuwe klant", "new_business", date(2017, 6, 1))
        pairs = list(product(names.FIRST_BE, names.LAST_BE))
        freelancers = crowd(organisation, 24, pairs[5::37], [], date(2017, 6, 1))
        teller = Storyteller(organisation, people["joris"], 2018, pairs)
        clients = [Client.objects.create(name=name) for name in names.CLIENTS_BE]
        _tell_2018(teller, freelancers, clients)
        teller.pay_until(date(2018, 11, 30), people["greet"], people["bart"], date(2018, 6, 1))
        _tell_this_year(teller, people, freelancers, clients, today)
        _tell_of_what_fell_due(teller, people, freelancers, clients, today)
        _tell_of_what_is_coming(teller, people, clients, today)
        teller.pay_until(today - timedelta(24), people["greet"], people["bart"], today - timedelta(220))
        money.tell(organisation, people, today)


def _tell_2018(teller: Storyteller, freelancers: list[Member], clients: list[Client]) -> None:
    for number in range(INTERVIEWED):
        submitted = date(2018, 1, 8) + timedelta(number * 5)
        case, _ = teller.recommend(freelancers[number % len(freelancers)], submitted)
        interviewed = teller.interview(case, submitted)
        nth = number // 2
        if number % 2 == 0 and nth < LATER + SOON:
            placed = interviewed + timedelta(75 if nth < LATER else 20)
            title, _seniority = names.ROLES_BE[number % len(names.ROLES_BE)]
            placement = teller.place(case, clients[number % len(clients)], title, placed)
            start = placed + timedelta(6)
            last = teller.work(placement, start, start + timedelta(120), target=60)
            placements.leave(placement=placement, on=last, by=teller.recruiter, at=at(last, 18))
        else:
            teller.reject(case, interviewed + timedelta(30), "skills", NO_MATCH)


def _tell_this_year(
    teller: Storyteller, people: dict[str, Member], freelancers: list[Member], clients: list[Client], today: date
) -> None:
    openings = [
        teller.opening(clients[number], title, seniority, today - timedelta(12 + 9 * number))
        for number, (title, seniority) in enumerate(names.ROLES_BE[:6])
    ]
    introducers = [people["lotte"], people["amelie"], *freelancers]
    for number in range(42):
        by = introducers[number % 7] if number % 3 else people["lotte"]
        submitted = today - timedelta(230 - number * 54 // 10)
        case, _ = teller.recommend(by, submitted, openings[number % 6] if number % 2 else None)
        _tell_so_far(teller, case, number, submitted, clients, today)


def _tell_of_what_fell_due(
    teller: Storyteller, people: dict[str, Member], freelancers: list[Member], clients: list[Client], today: date
) -> None:
    """Bonuses of the last weeks, on whatever day it is: four for finance to have paid by now, two that wait for them."""
    by = [people["lotte"], people["lotte"], *freelancers[:4]]
    for number, ago in enumerate((12, 11, 12, 11, 5, 4)):
        on = today - timedelta(ago)
        case, _ = teller.recommend(by[number], on - timedelta(130 + number))
        interviewed = teller.interview(case, on - timedelta(130 + number))
        title, _seniority = names.ROLES_BE[number % len(names.ROLES_BE)]
        placement = teller.place(case, clients[number % len(clients)], title, interviewed + timedelta(20))
        teller.work_sixty(placement, interviewed + timedelta(26), on)


def _tell_of_what_is_coming(teller: Storyteller, people: dict[str, Member], clients: list[Client], today: date) -> None:
    """Talks planned, an assignment that someone thinks about, one person recommended twice, and two leads."""
    waiting = Case.objects.filter(kind="referral", answer="consented", stage=Stage.RECEIVED).order_by("-pk")
    for number, case in enumerate(waiting[:3]):
        teller.plan_interview(case, today + timedelta(2 + number), 10 + number, today)
    for case in Case.objects.filter(stage=Stage.INTERVIEWED, is_over=False).order_by("-pk")[:2]:
        teller.ask(case, clients[3], "Projectleider infrastructuur", today - timedelta(1))
    for by, email in ((people["lotte"], "tine.vercammen@mail.example"), (people["amelie"], "tine@vercammen.example")):
        person = submission.Person(name="Tine Vercammen", email=email, phone="+32470998877", language="nl")
        submission.recommend(organisation=teller.organisation, person=person, by=by, at=at(today - timedelta(1)))
    won = leads.bring_in(
        client_name="Stadsziekenhuis Rivierenland",
        about="Mevrouw Claessens, hoofd ICT, zoekt drie mensen voor het elektronisch dossier.",
        by=people["lotte"],
        at=at(today - timedelta(60)),
    )
    leads.win(case=won, on=today - timedelta(20), by=people["joris"], at=at(today - timedelta(20)))
    leads.bring_in(
        client_name="Imprimerie des Trois Tilleuls",
        about="Monsieur Lambert, directeur; ils refont leur atelier numérique.",
        by=people["amelie"],
        at=at(today - timedelta(6)),
    )


def _tell_so_far(
    teller: Storyteller, case: Case, number: int, submitted: date, clients: list[Client], today: date
) -> None:
    age = (today - submitted).days
    if age < 4:
        return
    if number % 9 == 5:
        return  # the person has not answered
    if age < 12:
        teller.agree(case, submitted + timedelta(1))
        return
    interviewed = teller.interview(case, submitted)
    if number % 5 == 3:
        teller.reject(case, min(interviewed + timedelta(9), today), "experience", NO_MATCH)
    elif age > 60 and number % 5 in (0, 2):
        placed = interviewed + timedelta(18)
        title, _seniority = names.ROLES_BE[number % len(names.ROLES_BE)]
        placement = teller.place(case, clients[number % len(clients)], title, placed)
        teller.work(placement, placed + timedelta(7), today - timedelta(today.day))
    elif age > 30:
        client, (title, _seniority) = clients[number % len(clients)], names.ROLES_BE[number % len(names.ROLES_BE)]
        teller.present(case, client, title, interviewed + timedelta(6))
        if number % 4 == 1:
            teller.step(case, Stage.OFFERED, interviewed + timedelta(12))
