"""Meetings: planned and told of, answered within the seats there are, spoken at, moved, cancelled, noted, in calendars."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from members.models import AgendaItem, Attendance, Meeting, Member, Organisation
from members.services import agenda, feeds, meetings
from members.services.locking import MeetingOverError
from members.services.people import leave
from notices import broadcasting
from notices.models import Broadcast, Message
from tests.factories import MemberFactory
from tests.stories import publish

Answer = Attendance.Answer
NOW = timezone.make_aware(datetime(2026, 10, 5, 9))  # noqa: DTZ001 - made aware here


@pytest.fixture(autouse=True)
def _on_a_monday_in_october() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sander(inside: Organisation) -> Member:
    publish("revenue_share", name="Share")
    inside.refresh_from_db()
    return MemberFactory(organisation=inside, name="Sander", roles=["administrator"])


@pytest.fixture
def femke(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Femke")


@pytest.fixture
def bas(inside: Organisation) -> Member:
    return MemberFactory(organisation=inside, name="Bas")


@pytest.fixture
def meeting(sander: Member) -> Meeting:
    return plan(sander)


def plan(by: Member, **changes: Any) -> Meeting:
    """Have a meeting planned, three weeks ahead, with two seats."""
    begins = NOW + timedelta(21, hours=9)
    fields = {
        "title": "Autumn meeting",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "place": "Waterkant 8, Utrecht",
    }
    return meetings.plan(fields=fields | {"link": "", "about": "", "seats": 2} | changes, by=by, at=timezone.now())


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _mails(organisation: Organisation, subject: str) -> set[str]:
    """Have the worker write what waits, and return who is told it."""
    broadcasting.broadcast_all(organisation_id=organisation.pk)
    return set(Message.objects.filter(subject__startswith=subject).values_list("to", flat=True))


def _answer(meeting: Meeting, *members: Member, comes: bool = True) -> list[str]:
    return [meetings.answer(meeting=meeting, member=one, comes=comes, at=timezone.now()) for one in members]


def _where(meeting: Meeting) -> dict[str, str]:
    return dict(Attendance.objects.filter(meeting=meeting).values_list("member__name", "answer"))


FORM = {
    "title": "Winter meeting",
    "day": "2026-12-10",
    "begins": "18:00",
    "ends": "21:00",
    "place": "Utrecht",
    "seats": "",
}


def _slot(meeting: Meeting, kind: str) -> AgendaItem:
    fields = {"kind": kind, "title": "A talk", "minutes": 15}
    return agenda.add(meeting=meeting, fields=fields, by=meeting.planned_by, at=NOW)


def test_an_administrator_plans_a_meeting_and_every_member_is_told(
    inside: Organisation, sander: Member, femke: Member, client: Client
) -> None:
    answer = _as(client, sander).post("/here/meetings/new/", FORM)
    made = Meeting.objects.get()
    assert answer.headers["Location"] == f"/here/meetings/{made.pk}/"
    assert timezone.localtime(made.starts_at).hour == 18
    assert _mails(inside, "Winter meeting, on ") == {sander.user.email, femke.user.email}
    assert "Winter meeting" in _as(client, femke).get("/here/meetings/").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": ""}, "Say where it is"),
        ({"ends": "17:00"}, "It ends before it begins."),
        ({"day": "2026-10-04"}, "This is over already."),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"day": "2062-12-10"}, "Is this the right year?"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    sander: Member, client: Client, changes: dict[str, str], said: str
) -> None:
    answer = _as(client, sander).post("/here/meetings/new/", FORM | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Winter meeting" in answer.text
    assert not Meeting.objects.exists()


def test_only_administrators_plan(femke: Member, meeting: Meeting, client: Client) -> None:
    for path in ("new/", f"{meeting.pk}/edit/"):
        assert _as(client, femke).get(f"/here/meetings/{path}").status_code == 403


def test_who_finds_no_seat_waits_and_gets_the_one_that_is_given_up(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting, client: Client
) -> None:
    assert _answer(meeting, femke, bas) == [Answer.COMING, Answer.COMING]
    page = _as(client, sander).post(f"/here/meetings/{meeting.pk}/answer/", {"yes": ""}, follow=True)
    assert "You are on the waiting list" in page.text
    _answer(meeting, femke, comes=False)
    assert _where(meeting) == {"Femke": "not_coming", "Bas": "coming", "Sander": "coming"}
    assert _mails(inside, "You have a seat: ") == {sander.user.email}


def test_more_seats_are_given_in_the_order_of_the_answers(
    sander: Member, inside: Organisation, meeting: Meeting
) -> None:
    people = [MemberFactory(organisation=inside, name=f"Member {place}") for place in range(5)]
    for place, one in enumerate(people):
        meetings.answer(meeting=meeting, member=one, comes=True, at=NOW + timedelta(minutes=place))
    fields = {name: getattr(meeting, name) for name in ("title", "starts_at", "ends_at", "place", "link", "about")}
    meetings.change(meeting=meeting, fields=fields | {"seats": 4}, at=NOW)
    assert [name for name, answer in _where(meeting).items() if answer == Answer.WAITING] == ["Member 4"]
    meetings.change(meeting=meeting, fields=fields | {"seats": 1}, at=NOW)
    assert list(_where(meeting).values()).count(Answer.COMING) == 4
    assert not Broadcast.objects.filter(kind="meeting_moved").exists()


def test_all_are_told_of_another_time_and_who_comes_of_another_place(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting
) -> None:
    _answer(meeting, femke)
    _answer(meeting, bas, comes=False)
    later = {"starts_at": meeting.starts_at + timedelta(1), "ends_at": meeting.ends_at + timedelta(1)}
    fields = {name: getattr(meeting, name) for name in ("title", "place", "link", "about", "seats")}
    meetings.change(meeting=meeting, fields=fields | later, at=NOW)
    assert _mails(inside, "Changed: ") == {femke.user.email, bas.user.email, sander.user.email}
    told = Message.objects.get(to=bas.user.email, subject__startswith="Changed: ")
    assert "Before, it was to begin on " in told.text
    meeting.refresh_from_db()
    assert (meeting.revision, meeting.reminded_at) == (1, None)
    Message.objects.all().delete()
    moved = fields | later | {"place": "Elsewhere"}
    meetings.change(meeting=meeting, fields=moved, at=NOW)
    assert _mails(inside, "Changed: ") == {femke.user.email}
    told = Message.objects.get(to=femke.user.email, subject__startswith="Changed: ")
    assert "Elsewhere" in told.text
    assert "it was to begin" not in told.text


def test_all_who_may_come_are_told_why_it_is_cancelled(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting, client: Client
) -> None:
    _answer(meeting, femke)
    _answer(meeting, bas, comes=False)
    said = {"because": "The building is flooded."}
    assert _as(client, sander).post(f"/here/meetings/{meeting.pk}/cancel/", said).status_code == 302
    assert _mails(inside, "Cancelled: ") == {femke.user.email, sander.user.email}
    assert not Message.objects.filter(subject__startswith="Autumn meeting").exists()  # planned and cancelled at once
    assert "The building is flooded." in _as(client, bas).get(f"/here/meetings/{meeting.pk}/").text
    with pytest.raises(MeetingOverError):
        _answer(meeting, bas)


def test_who_did_not_answer_is_asked_once_more_and_who_comes_is_reminded_once(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting
) -> None:
    _answer(meeting, femke)
    _mails(inside, "")
    for day, subject, told in (
        (14, "Do you come to ", {sander.user.email, bas.user.email}),
        (20.5, "Soon: ", {femke.user.email}),
    ):
        with time_machine.travel(NOW + timedelta(day, hours=10), tick=False):
            for _ in range(2):
                meetings.remind(organisation_id=inside.pk, at=timezone.now())
            assert _mails(inside, subject) == told
            assert Message.objects.filter(subject__startswith=subject).count() == len(told)


def test_a_meeting_that_is_planned_late_is_told_of_once(inside: Organisation, sander: Member, femke: Member) -> None:
    begins = NOW + timedelta(3)
    plan(sander, starts_at=begins, ends_at=begins + timedelta(hours=1))
    meetings.remind(organisation_id=inside.pk, at=NOW + timedelta(minutes=1))
    _mails(inside, "")
    assert Message.objects.filter(to=femke.user.email).count() == 1


def test_who_leaves_gives_their_seat_and_their_slot_to_others(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting
) -> None:
    anna = MemberFactory(organisation=inside, name="Anna")
    _answer(meeting, femke, bas, anna)
    slot = _slot(meeting, "talk")
    agenda.take(item=slot, said="Ports of mine", by=femke, is_available=False, at=NOW)
    leave(organisation=inside, member=femke, on=NOW.date(), by=sander, at=NOW)
    assert _where(meeting) == {"Bas": "coming", "Anna": "coming"}
    slot.refresh_from_db()
    assert (slot.member, slot.said) == (None, "")
    assert _mails(inside, "Femke does not speak") == {sander.user.email}


def test_of_a_meeting_that_was_cancelled_nobody_hears_who_leaves(
    inside: Organisation, sander: Member, femke: Member, meeting: Meeting
) -> None:
    _answer(meeting, femke)
    agenda.take(item=_slot(meeting, "talk"), said="Ports of mine", by=femke, is_available=False, at=NOW)
    meetings.cancel(meeting=meeting, because="The building is flooded.", at=NOW)
    leave(organisation=inside, member=femke, on=NOW.date(), by=sander, at=NOW)
    assert _mails(inside, "Femke does not speak") == set()


def test_who_was_there_and_what_was_said_are_recorded_once_it_began(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting, client: Client
) -> None:
    _answer(meeting, femke)
    address = f"/here/meetings/{meeting.pk}/"
    _as(client, sander)
    assert "has not begun" in client.post(address + "notes/", {"notes": "x"}, follow=True).text
    with time_machine.travel(meeting.ends_at, tick=False):
        _as(client, sander).post(address + "attendance/", {"chosen": [bas.pk, "x", 10**30]})
        assert dict(Attendance.objects.values_list("member__name", "was_there")) == {"Femke": False, "Bas": True}
        for text in ("We shared 12.", "We shared 13."):
            client.post(address + "notes/", {"notes": text})
        assert _mails(inside, "Notes of ") == {bas.user.email}
        assert Broadcast.objects.filter(kind="meeting_noted").count() == 1
        assert "We shared 13." in _as(client, bas).get(address).text


def test_who_left_was_there_all_the_same(
    inside: Organisation, sander: Member, femke: Member, bas: Member, meeting: Meeting, client: Client
) -> None:
    _answer(meeting, femke)
    with time_machine.travel(meeting.ends_at, tick=False):
        leave(organisation=inside, member=femke, on=timezone.localdate(), by=sander, at=timezone.now())
        page = _as(client, sander).get(f"/here/meetings/{meeting.pk}/").text
        assert f'value="{femke.pk}"' in page
        client.post(f"/here/meetings/{meeting.pk}/attendance/", {"chosen": [femke.pk, bas.pk]})
    assert set(Attendance.objects.filter(was_there=True).values_list("member__name", flat=True)) == {"Femke", "Bas"}


def test_the_link_of_a_meeting_that_runs_can_be_mended(sander: Member, meeting: Meeting, client: Client) -> None:
    begins = timezone.localtime(meeting.starts_at)
    said = FORM | {
        "title": meeting.title,
        "day": str(begins.date()),
        "begins": "18:00",
        "ends": "21:00",
        "link": "https://x.example/2",
    }
    with time_machine.travel(meeting.starts_at + timedelta(minutes=5), tick=False):
        assert "I come" not in _as(client, sander).get("/here/meetings/").text
        assert client.post(f"/here/meetings/{meeting.pk}/edit/", said).status_code == 302
    meeting.refresh_from_db()
    assert meeting.link == "https://x.example/2"


def test_an_answer_that_says_neither_changes_nothing(femke: Member, meeting: Meeting, client: Client) -> None:
    _answer(meeting, femke)
    _as(client, femke).post(f"/here/meetings/{meeting.pk}/answer/")
    assert _where(meeting) == {"Femke": "coming"}


def test_administrators_hear_once_that_a_quarter_has_no_meeting(inside: Organisation, sander: Member) -> None:
    Member.objects.update(joined_on=NOW.date() - timedelta(90))
    for day, told in ((20, 0), (30, 1), (31, 1)):
        with time_machine.travel(NOW + timedelta(day), tick=False):
            meetings.look_for_missing(organisation=inside, at=timezone.now())
            assert Message.objects.filter(to=sander.user.email).count() == told
    Message.objects.all().delete()
    plan(sander)
    with time_machine.travel(NOW + timedelta(40), tick=False):
        meetings.look_for_missing(organisation=inside, at=timezone.now())
    assert not Message.objects.filter(subject__startswith="No meeting").exists()


def test_a_calendar_program_reads_the_meetings_by_an_address_that_can_be_made_anew(
    inside: Organisation, sander: Member, femke: Member, meeting: Meeting, client: Client
) -> None:
    cancelled = plan(sander, title="Cancelled one")
    meetings.cancel(meeting=cancelled, because="No.", at=NOW)
    token = feeds.token_of(member=femke, at=NOW)
    assert f"/calendar/{token}.ics" in _as(client, femke).get("/here/meetings/calendar/").text
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.content)
    events = [(str(one["summary"]), one["dtstart"].dt, str(one["status"])) for one in read.walk("VEVENT")]
    assert events == [
        ("Autumn meeting", meeting.starts_at, "CONFIRMED"),
        ("Cancelled one", cancelled.starts_at, "CANCELLED"),
    ]
    client.post("/here/meetings/calendar/")
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    assert feeds.token_of(member=femke, at=NOW) != token


def test_who_left_reads_no_calendar_any_more(inside: Organisation, sander: Member, femke: Member) -> None:
    token = feeds.token_of(member=femke, at=NOW)
    leave(organisation=inside, member=femke, on=NOW.date(), by=sander, at=NOW)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_one_meeting_is_a_file_for_the_calendar(femke: Member, meeting: Meeting, client: Client) -> None:
    answer = _as(client, femke).get(f"/here/meetings/{meeting.pk}/calendar/")
    assert [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")] == ["Autumn meeting"]


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_same_whatever_its_length(
    sander: Member, femke: Member, client: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        _answer(plan(sander, seats=None), femke)
    _as(client, femke).get("/here/meetings/")
    with django_assert_max_num_queries(16):
        client.get("/here/meetings/")
