"""Whose work still brings, or owes, something is not erased: what comes of it could go to nobody."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from members.models import Member, Organisation
from members.services import people
from payouts.models import Document
from payouts.services import crediting, dues, settings
from privacy.selectors import erasable
from referrals.services import activities, assignments
from tests.factories import MemberFactory
from tests.stories import payee_of, publish
from tests.stories_of_network import IBAN, earn, network, settle, share, win

TODAY = timezone.localdate()


@pytest.fixture
def sander(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, roles=["administrator"])


def _leave(inside: Organisation, member: Member, by: Member) -> str:
    """Have a member leave, and return what keeps them from being erased."""
    people.leave(organisation=inside, member=member, on=TODAY, by=by, at=timezone.now())
    settle(inside)
    member.refresh_from_db()
    return erasable.obstacles([member])[member.pk]


def test_who_has_turnover_and_declared_nothing_is_not_erased(inside: Organisation, sander: Member) -> None:
    bas = MemberFactory(organisation=inside)
    (placement,) = win(share(MemberFactory(organisation=inside)), bas, level="")
    payee_of(inside, bas)
    earn(placement, date(2026, 2, 1), "12000.00")
    assignments.end(placement=placement, on=date(2026, 2, 28), by=bas, at=timezone.now())
    assert _leave(inside, bas, sander) == "running"


@pytest.mark.parametrize(("for_organisation", "obstacle"), [(False, "running"), (True, "")])
def test_who_earns_by_work_that_goes_on_is_not_erased(
    inside: Organisation, sander: Member, for_organisation: bool, obstacle: str
) -> None:
    femke = MemberFactory(organisation=inside, roles=["administrator"])
    win(share(femke, for_organisation=for_organisation), MemberFactory(organisation=inside))
    assert _leave(inside, femke, sander) == obstacle


def test_who_brought_in_somebody_who_still_owes_the_fee_is_not_erased(inside: Organisation, sander: Member) -> None:
    publish("coins_member", name="Join")
    femke, noor = (MemberFactory(organisation=inside) for _ in range(2))
    payee_of(inside, noor)
    activities.begin_joining(member=noor, brought_by=femke, at=timezone.now())
    dues.charge_registration(member=noor, fee=Decimal(50), at=timezone.now())
    settle(inside)
    _leave(inside, noor, sander)
    assert _leave(inside, femke, sander) == "running"
    settle(inside, TODAY + timedelta(1))  # the case of who left is over
    assert erasable.obstacles([femke])[femke.pk] == "running"
    sale = Document.objects.get(kind="sale")
    crediting.order(document=sale, because="Waived.", by=sander, at=timezone.now())
    settle(inside)
    assert erasable.obstacles([femke])[femke.pk] == ""


def test_work_under_rules_without_a_share_keeps_nobody(inside: Organisation) -> None:
    publish("coins_talks", name="Coins")
    settings.save(organisation=inside, fields={"iban": IBAN})
    sander, femke, bas = (MemberFactory(organisation=inside, roles=["administrator"]) for _ in range(3))
    win(share(femke), bas, level="")
    assert [_leave(inside, one, sander) for one in (bas, femke)] == ["", ""]
