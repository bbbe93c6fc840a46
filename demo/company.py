"""Halve Maan IT, the Dutch company: some hundreds of employees in teams, and hires under way."""

import contextlib
from datetime import date, timedelta
from itertools import product

from demo import names
from demo.building import Storyteller, at, crowd, organisation_of, programme
from demo.people import STORIES
from kernel.tenancy import tenant
from members.models import Member, Team
from payouts.services import points
from referrals.models import Case, Client
from referrals.pipeline import Stage
from referrals.services import placements

EMPLOYEES = 280


def load(today: date) -> None:
    """Make the company."""
    organisation, people = organisation_of(STORIES[2], date(2020, 1, 1))
    with tenant(organisation.pk):
        programme("Referral bonus", "it_referral_bonus", date(2020, 1, 1))
        programme("Referral points", "it_referral_points", date(2020, 1, 1))
        teams = Team.objects.bulk_create(Team(name=name) for name in names.TEAMS_NL)
        pairs = list(product(names.FIRST_NL, names.LAST_NL))
        employees = crowd(organisation, EMPLOYEES, pairs[1::2], teams, date(2020, 1, 1))
        teller = Storyteller(organisation, people["daan"], 7, pairs)
        own = Client.objects.create(name=names.CLIENTS_NL[0])
        openings = [teller.opening(own, *role, today - timedelta(30)) for role in names.ROLES_NL]
        for number in range(30):
            by = people["priya"] if number % 6 == 0 else employees[number * 9 % EMPLOYEES]
            submitted = today - timedelta(170 - number * 5)
            opening = openings[number % len(openings)]
            case, _ = teller.recommend(by, submitted, opening)
            _tell_so_far(teller, case, number, submitted, today)
        teller.pay_until(today - timedelta(24), people["ingrid"], people["tom"], today - timedelta(150))
        _offer_rewards(people, today)


def _offer_rewards(people: dict[str, Member], today: date) -> None:
    """Fill the catalogue; someone chose from it, and waits for an answer."""
    daan = people["daan"]
    offers = [
        ("Opleidingsbudget € 500", "Een cursus, boeken of een examen naar keuze.", 500, None, daan),
        ("PyCon-ticket", "Met reis en hotel.", 900, 4, daan),
        ("Vrije dag", "Op te nemen in overleg.", 400, None, None),
        ("Fietsenmaker aan huis", "Grote beurt voor je fiets.", 100, 12, None),
    ]
    made = [
        points.save_item(
            item=None,
            fields={"name": name, "description": text, "points": cost, "stock": stock, "approver": approver},
        )
        for name, text, cost, stock, approver in offers
    ]
    asked = at(today - timedelta(2))
    with contextlib.suppress(points.NotEnoughError):
        points.redeem(item=made[3], by=people["priya"], points=100, wish="Graag op een vrijdag.", at=asked)


def _tell_so_far(teller: Storyteller, case: Case, number: int, submitted: date, today: date) -> None:
    opening, age = case.opening, (today - submitted).days
    assert opening is not None
    if age < 4:
        return
    if age < 20:
        teller.agree(case, submitted + timedelta(1))
        return
    interviewed = teller.interview(case, submitted, 11)
    if number % 4 == 1:
        teller.reject(
            case, interviewed + timedelta(3), "filled", "Someone else signed just before. A pity; we liked her a lot."
        )
    elif age > 45 and number % 2 == 0:
        teller.step(case, Stage.OFFERED, interviewed + timedelta(7))
        placed = interviewed + timedelta(12)
        placement = teller.place(case, opening.client, opening.title, placed, opening.seniority)
        start = placed + timedelta(14)
        if start <= today:
            ends = start + timedelta(60)
            placements.start(placement=placement, on=start, probation_ends=ends, by=teller.recruiter, at=at(start))
