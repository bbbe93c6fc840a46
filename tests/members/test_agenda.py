"""The agenda of a meeting: in its order with its times; who speaks, and what they say of it, comes and goes together."""

from datetime import timedelta

import time_machine
from django.test import Client

from members.models import AgendaItem, Meeting, Member, MemberProfile, Organisation
from tests.members.test_meetings import (
    NOW,
    _answer,
    _as,
    _mails,
    _on_a_monday_in_october,
    _slot,
    bas,
    femke,
    meeting,
    sander,
)

__all__ = ["_on_a_monday_in_october", "bas", "femke", "meeting", "sander"]


def test_the_agenda_stands_in_its_order_with_its_times(sander: Member, meeting: Meeting, client: Client) -> None:
    _as(client, sander)
    for title, minutes in (("Welcome", 10), ("The pot", 30), ("Drinks", 60)):
        said = {"kind": "item", "title": title, "minutes": minutes}
        assert client.post(f"/here/meetings/{meeting.pk}/agenda/", said).status_code == 302
    drinks = AgendaItem.objects.get(title="Drinks")
    client.post(f"/here/meetings/{meeting.pk}/agenda/{drinks.pk}/", {"up": ""})
    assert list(AgendaItem.objects.values_list("title", flat=True)) == ["Welcome", "Drinks", "The pot"]
    page = client.get(f"/here/meetings/{meeting.pk}/").text
    assert [page.index(time) for time in ("18:00", "18:10", "19:10")] == sorted(
        page.index(time) for time in ("18:00", "18:10", "19:10")
    )
    client.post(f"/here/meetings/{meeting.pk}/agenda/{drinks.pk}/", {"remove": ""})
    assert not AgendaItem.objects.filter(title="Drinks").exists()
    assert "goes on until" not in client.get(f"/here/meetings/{meeting.pk}/").text
    client.post(f"/here/meetings/{meeting.pk}/agenda/", {"kind": "item", "title": "A walk", "minutes": 150})
    assert (
        "This agenda goes on until 21:10; the meeting ends at 21:00" in client.get(f"/here/meetings/{meeting.pk}/").text
    )
    refused = client.post(f"/here/meetings/{meeting.pk}/agenda/", {"kind": "item", "title": "", "minutes": 5})
    assert refused.status_code == 422


def test_who_comes_takes_a_slot_and_gives_it_back_by_not_coming(
    femke: Member, bas: Member, meeting: Meeting, client: Client
) -> None:
    slot = _slot(meeting, "talk")
    address = f"/here/meetings/{meeting.pk}/agenda/{slot.pk}/slot/"
    assert "Say first that you come" in _as(client, femke).post(address, {"said": "Ports"}, follow=True).text
    _answer(meeting, femke, bas)
    client.post(address, {"said": "Ports"})
    slot.refresh_from_db()
    assert (slot.member, str(slot)) == (femke, "Ports")
    other = f"/here/meetings/{meeting.pk}/agenda/{_slot(meeting, 'talk').pk}/slot/"
    assert "You stand on the agenda already" in client.post(other, {}, follow=True).text
    assert "Somebody else took it" in _as(client, bas).post(address, {"said": "Me"}, follow=True).text
    _answer(meeting, femke, comes=False)
    slot.refresh_from_db()
    assert slot.is_free
    assert str(slot) == "A talk"


def test_who_gives_up_a_slot_is_asked_first_and_administrators_hear_of_it(
    inside: Organisation, sander: Member, femke: Member, meeting: Meeting, client: Client
) -> None:
    slot = _slot(meeting, "talk")
    _answer(meeting, femke)
    _as(client, femke).post(f"/here/meetings/{meeting.pk}/agenda/{slot.pk}/slot/", {"said": "Ports"})
    answer = f"/here/meetings/{meeting.pk}/answer/"
    asked = client.post(answer, {"no": ""})
    assert "what you were to speak of" in asked.text
    assert "Ports" in asked.text
    slot.refresh_from_db()
    assert slot.member == femke
    client.post(answer, {"no": "", "sure": ""})
    slot.refresh_from_db()
    assert slot.is_free
    assert _mails(inside, "Femke does not speak: ") == {sander.user.email}
    assert "Noted: you do not come." in client.post(answer, {"no": ""}, follow=True).text


def test_who_is_available_presents_themselves(femke: Member, meeting: Meeting, client: Client) -> None:
    slot = _slot(meeting, "presents")
    _answer(meeting, femke)
    address = f"/here/meetings/{meeting.pk}/agenda/{slot.pk}/slot/"
    assert "from when you are available" in _as(client, femke).post(address, {}, follow=True).text
    MemberProfile.objects.create(member=femke, available_from=NOW.date() + timedelta(30), changed_at=NOW)
    assert "You stand on the agenda." in client.post(address, {}, follow=True).text


def test_an_administrator_puts_a_member_on_the_agenda_and_takes_them_off_and_they_are_told(
    inside: Organisation, sander: Member, femke: Member, meeting: Meeting, client: Client
) -> None:
    slot = _slot(meeting, "talk")
    address = f"/here/meetings/{meeting.pk}/agenda/{slot.pk}/"
    assert "A talk" in _as(client, sander).get(address).text
    said = {"kind": "talk", "title": "Ports", "minutes": "30", "member": femke.pk}
    assert client.post(address, said).status_code == 302
    assert _mails(inside, "You are asked to speak: ") == {femke.user.email}
    assert client.post(address, said | {"minutes": "0"}).status_code == 422
    client.post(address, {"remove": ""})
    assert _mails(inside, "The agenda changed: ") == {femke.user.email}
    assert _as(client, femke).get(address).status_code == 403


def test_the_agenda_of_a_meeting_that_was_held_stays(sander: Member, meeting: Meeting, client: Client) -> None:
    slot = _slot(meeting, "talk")
    with time_machine.travel(meeting.ends_at, tick=False):
        _as(client, sander).post(f"/here/meetings/{meeting.pk}/agenda/{slot.pk}/", {"remove": ""})
        client.post(f"/here/meetings/{meeting.pk}/agenda/", {"kind": "item", "title": "x", "minutes": 1})
    assert [str(one) for one in AgendaItem.objects.all()] == ["A talk"]
