"""What an administrator shares for the network itself: theirs to lead as long as they are one, and nobody earns by it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, Organisation
from members.services import people
from notices.models import Message
from payouts.selectors.assignments import earns_by
from referrals.models import Interest
from referrals.selectors import opportunities as selectors
from referrals.services import assignments
from tests.factories import MemberFactory
from tests.referrals.test_opportunities import _address, _as, bas, femke
from tests.stories_of_network import earn, network, settle, share, want, win

__all__ = ["bas", "femke"]
TODAY = timezone.localdate()


@pytest.fixture
def ruben(inside: Organisation) -> Member:
    network(inside)
    return MemberFactory(organisation=inside, name="Ruben", roles=["administrator"])


@pytest.fixture
def other(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Other", roles=["administrator"])


@pytest.mark.parametrize("leaves", [False, True])
def test_who_is_no_administrator_any_more_reads_and_decides_nothing(
    inside: Organisation, ruben: Member, other: Member, bas: Member, client: Client, leaves: bool
) -> None:
    won, waiting = (share(ruben, for_organisation=True) for _ in range(2))
    (placement,) = win(won, bas)
    earn(placement, date(2026, 2, 1), "12345.00")
    settle(inside)
    if leaves:
        people.leave(organisation=inside, member=ruben, on=TODAY, by=other, at=timezone.now())
    else:
        people.change(member=ruben, name="Ruben", roles=[], team=None, by=other, at=timezone.now())
    ruben.refresh_from_db()
    _as(client, ruben)
    assert client.get(f"/here/assignments/{won.case.reference}/").status_code == 404
    answer = client.post(_address(waiting, "close/"), {"reason": "gone", "text": "x"})
    assert answer.status_code in (403, 404)
    waiting.case.introducer.refresh_from_db()
    assert selectors.leader(waiting) == other


def test_who_shared_it_earns_nothing_by_it_and_may_want_it(ruben: Member, other: Member, client: Client) -> None:
    shared = share(ruben, for_organisation=True)
    assert not earns_by(ruben, shared)
    assert 'name="why"' in _as(client, ruben).get(_address(shared)).text
    assert client.post(_address(shared, "interest/"), {"why": "I did it before."}).status_code == 302
    assert Interest.objects.get().member == ruben


def test_an_administrator_who_was_asked_can_say_yes(femke: Member, other: Member, client: Client) -> None:
    shared = share(femke, asked=[other])
    page = _as(client, other).get(_address(shared)).text
    assert "Femke thinks of you for this" in page
    assert 'name="why"' in page


def test_who_landed_it_is_told_of_the_network(inside: Organisation, ruben: Member, bas: Member) -> None:
    shared = share(ruben, for_organisation=True)
    want(shared, bas)
    assignments.win(opportunity=shared, performers=[bas], title="", on=TODAY, by=bas, at=timezone.now())
    mail = Message.objects.get(to=bas.user.email, about__startswith="landed")
    assert f"the contribution of {inside.name} was worth" in " ".join(mail.text.split())
