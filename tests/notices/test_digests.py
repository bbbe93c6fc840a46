"""News of the group: due on Mondays and on the first, nothing twice, nothing lost, to each what is new to them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from members.models import Member, MemberProfile, Organisation
from members.services import meetings, thanking
from notices import broadcasting
from notices.group import digests
from notices.models import Message, Preference
from referrals.models import Case
from referrals.services import opportunities
from tests.factories import MemberFactory
from tests.stories_of_network import network, share, want

MONDAY = timezone.make_aware(datetime(2026, 10, 5, 7, 5))  # noqa: DTZ001 - made aware here


@pytest.fixture
def femke(inside: Organisation) -> Member:
    network(inside)
    inside.refresh_from_db()
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def bas(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


def _does(member: Member, *disciplines: str) -> Member:
    MemberProfile.objects.create(member=member, disciplines=list(disciplines), changed_at=timezone.now())
    return member


def _told(organisation: Organisation, kind: str) -> dict[str, str]:
    """Have the worker write what waits, and return the mails of a kind by who gets them."""
    broadcasting.broadcast_all(organisation_id=organisation.pk)
    return dict(Message.objects.filter(kind=kind).values_list("to", "text"))


def _share(by: Member, **fields: Any) -> Any:
    return share(by, timezone.localdate(), **{"disciplines": ["Finance"], "title": "Close the books"} | fields)


@pytest.mark.parametrize(
    ("day", "weekly", "monthly"),
    [
        (date(2026, 10, 5), date(2026, 10, 5), date(2026, 10, 1)),
        (date(2026, 10, 11), date(2026, 10, 5), date(2026, 10, 1)),
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 1)),
    ],
)
def test_news_are_due_on_mondays_and_on_the_first(day: date, weekly: date, monthly: date) -> None:
    assert digests.last_due(day) == {"digest_weekly": weekly, "digest_monthly": monthly}


def _news_on(organisation: Organisation, moment: datetime) -> dict[str, str]:
    """Have the worker look at night and send in the morning of a day; return the mails of that day."""
    Message.objects.filter(kind="digest").delete()
    with time_machine.travel(moment, tick=False):
        digests.look(organisation=organisation, at=timezone.now())
        digests.send(organisation=organisation, at=timezone.now())
        return _told(organisation, "digest")


def test_nothing_is_news_twice_and_what_a_worker_missed_is_told_later(
    inside: Organisation, femke: Member, bas: Member
) -> None:
    for title, moment in (
        ("Of last week", MONDAY - timedelta(2)),
        ("Of this morning", MONDAY - timedelta(hours=6)),
        ("Of next week", MONDAY + timedelta(8)),
    ):
        with time_machine.travel(moment, tick=False):
            share(femke, timezone.localdate(), title=title)
    Case.objects.filter(opportunities__title="Of this morning").update(submitted_at=MONDAY - timedelta(hours=6))
    first = _news_on(inside, MONDAY + timedelta(1))[bas.user.email]  # the worker stood still on Monday
    assert "Of last week" in first
    assert "Of this morning" not in first
    later = _news_on(inside, MONDAY + timedelta(14))[bas.user.email]  # nothing ran on the Monday between
    assert "Of this morning" in later
    assert "Of next week" in later
    assert "Of last week" not in later


def test_what_one_answered_is_no_news(inside: Organisation, femke: Member, bas: Member) -> None:
    with time_machine.travel(MONDAY - timedelta(2), tick=False):
        shared = _share(femke)
        want(shared, bas)
    assert bas.user.email not in _news_on(inside, MONDAY)


def test_the_news_tell_each_member_what_is_new_to_them_once(inside: Organisation, femke: Member, bas: Member) -> None:
    sander = MemberFactory(organisation=inside, name="Sander", roles=["administrator"])
    monthly, never = MemberFactory(organisation=inside), MemberFactory(organisation=inside)
    for member, often in ((monthly, "monthly"), (never, "never")):
        Preference.objects.create(member=member, digest=often)
    _does(bas, "Finance")
    with time_machine.travel(MONDAY - timedelta(3), tick=False):
        _share(femke, title="Ports", disciplines=["Logistics"])
        _share(femke)
        begins = timezone.now() + timedelta(20)
        fields = {"title": "Autumn", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Utrecht"}
        meeting = meetings.plan(fields=fields, by=sander, at=timezone.now())
        meetings.answer(meeting=meeting, member=femke, comes=True, at=timezone.now())
        thanking.thank(to=bas, text="For the coffee.", by=femke, at=timezone.now())
        MemberFactory(organisation=inside, name="Noor", on=timezone.localdate())
        _told(inside, "digest")
    with time_machine.travel(MONDAY, tick=False):
        for _ in range(2):
            digests.send(organisation=inside, at=timezone.now())
        told = _told(inside, "digest")
    assert monthly.user.email not in told
    assert never.user.email not in told
    text = told[bas.user.email]
    assert text.index("Close the books") < text.index("Ports")
    assert "fits what you do" in text
    assert "Autumn" in text
    assert "Noor" in text
    assert "Femke to Bas: “For the coffee.”" in text
    assert "Close the books" not in told[femke.user.email]
    assert "Autumn" not in told[femke.user.email]
    assert Message.objects.filter(kind="digest", to=bas.user.email).count() == 1


def test_who_hears_nothing_new_gets_no_news(inside: Organisation, femke: Member, bas: Member) -> None:
    with time_machine.travel(MONDAY, tick=False):
        digests.send(organisation=inside, at=timezone.now())
        assert _told(inside, "digest") == {}


def test_what_the_whole_network_sees_since_a_while_is_news_then(inside: Organisation, femke: Member) -> None:
    today = timezone.localdate()
    shared = share(femke, today - timedelta(30), visibility="chosen")
    opportunities.change(opportunity=shared, fields={"visibility": "network"}, client_name="", at=timezone.now())
    news = digests.News.between(today - timedelta(6), today + timedelta(1), timezone.now())
    assert news.opportunities == [shared]
    before = digests.News.between(today - timedelta(40), today - timedelta(6), timezone.now())
    assert before.opportunities == []
