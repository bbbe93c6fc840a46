"""Whatever is said, corrected, declared and paid, in whichever order: what is charged and released is right to the cent."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from members.models import Member, Organisation
from payouts.models import Charge, Entitlement
from payouts.selectors.auditing.everything import differences
from payouts.selectors.statements import unpaid_sales
from programmes import documents
from referrals.models import Opportunity, Placement
from referrals.selectors.assignments import won_on
from referrals.services import assignments
from referrals.services.assignments import DeclaredError, NotWonError, TurnoverExistsError
from tests.factories import MemberFactory
from tests.stories_of_network import WON, earn, network, pay, settle, share, win, with_payees

D = Decimal
RATE, CAPS = D("0.15"), {"small": D(5000), "medium": D(7500), "large": D(10000)}
WHO = st.integers(0, 2)
MONTHS = st.integers(2, 3).map(lambda month: date(2026, month, 1))
AMOUNTS = st.integers(0, 6_000_000).map(lambda cents: D(cents) / 100)
SAID = st.tuples(st.just("earn"), WHO, MONTHS, AMOUNTS)
DECLARED = st.tuples(st.just("declare"), st.sampled_from(sorted(CAPS)))
SETTLED = st.just(("settle",))
PAID = st.tuples(st.just("pay"), st.integers(1, 100))
JOINED, GONE = st.just(("join",)), st.tuples(st.just("take_back"), st.integers(0, 2))
STEPS = st.lists(st.one_of(SAID, SAID, SAID, DECLARED, SETTLED, PAID, JOINED, GONE), min_size=1, max_size=9)
EXAMPLES = 12
TAKEN_BACK = [
    ("earn", 0, date(2026, 2, 1), D(30000)),
    ("earn", 1, date(2026, 3, 1), D(10000)),
    ("pay", 100),
    ("earn", 0, date(2026, 2, 1), D(0)),
]
TEAM_CHANGED = [
    ("take_back", 1),
    ("earn", 0, date(2026, 2, 1), D(20000)),
    ("join",),
    ("earn", 2, date(2026, 3, 1), D(30000)),
    ("earn", 1, date(2026, 3, 1), D(30000)),
    ("earn", 0, date(2026, 2, 1), D(12000)),
]
NO_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@contextmanager
def _undone() -> Iterator[None]:
    """What an example writes is gone when it ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["case", "placement"])
def cap_per(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def team(inside: Organisation, cap_per: str) -> list[Placement]:
    """Two members landed an opportunity together: with one cap, or one each. A third one can still join them."""
    rules = documents.preset("revenue_share")
    rules["rewards"][0]["amount"]["cap"]["per"] = cap_per
    network(inside, rewards=rules["rewards"])
    people = [MemberFactory(organisation=inside) for _ in range(4)]
    with_payees(inside, people)
    found = win(share(people[0]), *people[1:])
    assignments.take_back(placement=found[2], by=people[3], at=timezone.now())
    return found


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=NO_CHECKS)
@given(steps=STEPS)
@example(steps=TAKEN_BACK)
@example(steps=TEAM_CHANGED)
def test_any_sequence_is_charged_and_released_to_the_cent(
    inside: Organisation, team: list[Placement], cap_per: str, steps: list[tuple[Any, ...]]
) -> None:
    with _undone():
        clerk = MemberFactory(organisation=inside, roles=["finance"])
        level, turnover = "small", defaultdict[tuple[int, date], D](D)
        for number, (what, *said) in enumerate(steps):
            if what == "earn":
                with suppress(NotWonError):  # of who is not in the team, or not any more
                    earn(team[said[0]], said[1], str(said[2]))
                    turnover[said[0], said[1]] = said[2]
            elif what == "join":
                _join(team[2])
            elif what == "take_back":
                with suppress(TurnoverExistsError):  # then they stay
                    _take_back(team[said[0]])
            elif what == "declare":
                level = said[0]
                _declare(team, level)
            elif what == "pay":
                _pay_part(inside, clerk, said[0], number)
            else:
                settle(inside)
        settle(inside)
        settle(inside)
        _check(team, turnover, CAPS[level], cap_per)
        _pay_everything(inside, clerk)
        _check_released()
        assert list(differences()) == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=NO_CHECKS)
@given(data=st.data(), said=st.dictionaries(st.tuples(WHO, MONTHS), AMOUNTS, min_size=1, max_size=6))
def test_the_order_in_which_months_are_said_changes_nothing(
    inside: Organisation, team: list[Placement], data: st.DataObject, said: dict[tuple[int, date], Decimal]
) -> None:
    found = []
    for _ in range(2):
        with _undone():
            _join(team[2])
            for who, month in data.draw(st.permutations(sorted(said))):
                earn(team[who], month, str(said[who, month]))
            settle(inside)
            total = Entitlement.objects.values("placement", "party").annotate(total=Coalesce(Sum("amount"), D(0)))
            found.append(sorted(total.exclude(total=0).values_list("placement", "party", "total")))
    assert found[0] == found[1]


def _join(placement: Placement) -> None:
    """Have a member land it too."""
    assert placement.performer is not None
    opportunity = Opportunity.objects.select_related("case").get(case=placement.case_id)
    win(opportunity, placement.performer, level="", on=WON)


def _take_back(placement: Placement) -> None:
    """Have a member say that they did not land it after all, unless nobody else did: then nothing is declared any more."""
    assert placement.performer is not None
    if set(won_on([placement.case_id])) != {(placement.case_id, placement.key)}:
        assignments.take_back(placement=placement, by=placement.performer, at=timezone.now())


def _declare(team: list[Placement], level: str) -> None:
    """Have who may declare do so: the one who did, as long as they are of the team."""
    landed = won_on([team[0].case_id])
    for one in team:
        assert one.performer is not None
        if (one.case_id, one.key) in landed:
            with suppress(DeclaredError):
                assignments.declare(
                    placement=one, level=level, on=date(2026, 2, 1), by=one.performer, at=timezone.now()
                )


def _pay_part(inside: Organisation, clerk: Member, per_cent: int, number: int) -> None:
    """Have the oldest open invoice paid in part, or whole."""
    settle(inside)
    sale = unpaid_sales().first()
    if sale:
        amount = max((sale.left * per_cent / 100).quantize(D("0.01")), D("0.01"))
        pay(inside, sale, str(amount), clerk, on=date(2026, 6, 1 + number))


def _pay_everything(inside: Organisation, clerk: Member) -> None:
    for number, sale in enumerate(unpaid_sales()):
        pay(inside, sale, str(sale.left), clerk, on=date(2026, 7, 1 + number))
    settle(inside)


def _check(team: list[Placement], turnover: dict[tuple[int, date], Decimal], cap: Decimal, cap_per: str) -> None:
    """What all owe is the rate of the turnover, at most the cap; what each owes, at most the rate of their own."""
    own = [sum((amount for (who, _), amount in turnover.items() if who == number), D(0)) for number in range(3)]
    charged = [
        sum((one.amount for one in Charge.objects.filter(member=placement.performer)), D(0)) for placement in team
    ]
    due = [_rounded(amount * RATE) for amount in own]
    if cap_per == "placement":
        assert charged == [min(amount, cap) for amount in due]
    else:
        assert sum(charged) == min(_rounded(sum(own) * RATE), cap)
        assert all(0 <= one <= most + D("0.02") for one, most in zip(charged, due, strict=True))
    parties = Entitlement.objects.filter(owed_by="performer", state="due").values_list("amount", flat=True)
    assert sum(parties) == sum(charged)


def _check_released() -> None:
    """Once everything is paid, everybody's part is released."""
    for one in Entitlement.objects.filter(owed_by="performer", state="due"):
        assert one.released == one.amount


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(D("0.01"), "ROUND_HALF_UP")
