"""A network whose pot of last year has EUR 450 in it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import Member, Organisation
from payouts.models import Document, Pot
from tests.factories import MemberFactory
from tests.stories import publish
from tests.stories_of_network import divide, earn, network, pay, settle, share, win, with_payees

YEAR = timezone.localdate().year - 1
LATER = date(YEAR + 1, 1, 20)
CLOSING = LATER + timedelta(15)
PUBLISHED, TALKED = date(YEAR, 6, 1), date(YEAR, 7, 1)


@pytest.fixture
def people(inside: Organisation) -> dict[str, Member]:
    network(inside)
    publish("coins_publicity", name="Publicity")
    found = {name: MemberFactory(organisation=inside, name=name) for name in ("Femke", "Bas", "Imke")}
    found |= {name: MemberFactory(organisation=inside, name=name, roles=["finance"]) for name in ("Greet", "Bart")}
    found["Sander"] = MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
    with_payees(inside, [found["Femke"], found["Bas"]])
    return found


@pytest.fixture
def filled(inside: Organisation, people: dict[str, Member]) -> dict[str, Member]:
    """Somebody remitted, so that EUR 450 are in the pot of last year."""
    (placement,) = win(share(people["Femke"], date(YEAR, 3, 1)), people["Bas"], on=date(YEAR, 4, 1))
    earn(placement, date(YEAR, 4, 1), "12000.00", on=date(YEAR, 5, 2))
    settle(inside, date(YEAR, 5, 2))
    pay(inside, Document.objects.get(kind="sale"), "2178.00", people["Greet"], on=date(YEAR, 5, 20))
    return people


def divide_last_year(inside: Organisation, people: dict[str, Member]) -> Pot:
    """Have last year's pot proposed, and closed when objections are over."""
    return divide(inside, YEAR, LATER, CLOSING, [people["Greet"], people["Bart"]])
