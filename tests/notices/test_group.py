"""The group: what happens in it, who hears of what at once or with the news, chats, thanks."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Member, MemberProfile, Organisation, Thanks
from members.services import thanking
from notices import broadcasting
from notices.group import activity
from notices.models import Broadcast, Delivery, Message, Preference, Webhook
from notices.webhooks import services as webhooks
from notices.webhooks.events import Event
from notices.webhooks.saying import of_member
from privacy.services import erasing
from referrals.services import assignments, opportunities
from tests.factories import MemberFactory
from tests.stories_of_network import network, share, want, win


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


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _told(organisation: Organisation, kind: str) -> dict[str, str]:
    """Have the worker write what waits, and return the mails of a kind by who gets them."""
    broadcasting.broadcast_all(organisation_id=organisation.pk)
    return dict(Message.objects.filter(kind=kind).values_list("to", "text"))


def _share(by: Member, **fields: Any) -> Any:
    return share(by, timezone.localdate(), **{"disciplines": ["Finance"], "title": "Close the books"} | fields)


def _chat(by: Member, url: str, form: str) -> Webhook:
    told_of = ["opportunity.shared", "meeting.planned", "member.joined"]
    return webhooks.add_webhook(url=url, told_of=told_of, by=by, at=timezone.now(), format=form)


def test_what_fits_is_told_at_once_to_those_whom_it_fits(inside: Organisation, femke: Member, bas: Member) -> None:
    _does(bas, "finance", "Audit")
    _does(MemberFactory(organisation=inside), "Software")
    MemberFactory(organisation=inside)
    later = _does(MemberFactory(organisation=inside), "Finance")
    Preference.objects.create(member=later, fitting="digest")
    asked = _does(MemberFactory(organisation=inside), "Finance")
    _does(femke, "Finance")
    made = _share(femke)
    opportunities.ask(opportunity=made, members=[asked], at=timezone.now())
    told = _told(inside, "fitting")
    assert set(told) == {bas.user.email}
    assert "It asks for what you do: Finance." in told[bas.user.email]


@pytest.mark.parametrize("fields", [{"visibility": "chosen"}, {"disciplines": []}])
def test_what_is_for_a_few_or_asks_for_nothing_is_not_told_at_once(
    inside: Organisation, femke: Member, bas: Member, fields: dict[str, Any]
) -> None:
    _does(bas, "Finance")
    _share(femke, **fields)
    assert _told(inside, "fitting") == {}


def test_what_fits_never_says_for_which_client(inside: Organisation, femke: Member, bas: Member) -> None:
    _does(bas, "Finance")
    made = _share(femke, visibility="anonymised")
    assert made.case.client.name not in _told(inside, "fitting")[bas.user.email]


def test_members_say_how_often_they_hear_of_the_group(femke: Member, client: Client) -> None:
    said = {"fitting": "digest", "digest": "monthly", "wanted": ["meeting"]}
    assert _as(client, femke).post("/here/mails/", said).status_code == 302
    own = Preference.objects.get(member=femke)
    assert (own.fitting, own.digest) == ("digest", "monthly")
    assert "meeting" not in own.muted
    assert "thanked" in own.muted
    refused = client.post("/here/mails/", said | {"digest": "hourly"})
    assert refused.status_code == 422


def test_the_page_of_the_group_tells_what_happened_as_far_as_one_may_know(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    imke = MemberFactory(organisation=inside, name="Imke")
    secret = _share(femke, title="For Bas alone", visibility="chosen")
    opportunities.ask(opportunity=secret, members=[bas], at=timezone.now())
    landed = _share(femke, title="Landed by two")
    win(landed, bas, imke, on=timezone.localdate())
    thanking.thank(to=femke, text="For passing it on.", by=bas, at=timezone.now())
    page = _as(client, imke).get("/here/group/").text
    assert "For Bas alone" not in page
    assert page.count("Landed by two") == 2  # shared, and landed
    assert "For passing it on." in page
    assert "For Bas alone" in _as(client, bas).get("/here/group/").text


def test_who_only_talked_did_not_land_it(inside: Organisation, femke: Member, bas: Member, client: Client) -> None:
    imke = MemberFactory(organisation=inside, name="Imke")
    shared = _share(femke)
    want(shared, imke)
    today = timezone.localdate()
    assignments.hold_talks(opportunity=shared, performer=imke, on=today, by=imke, at=timezone.now())
    win(shared, bas, on=today)
    (landed,) = [one for one in activity.filled(activity.rows(femke, timezone.now(), 99)) if one.what == "landed"]
    assert landed.performers == [bas]


def test_what_the_organisation_shares_is_not_said_to_be_somebodys(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    _does(bas, "Finance")
    _share(femke, for_organisation=True)
    assert "Femke shares" not in _as(client, bas).get("/here/group/").text
    assert "Femke" not in _told(inside, "fitting")[bas.user.email]


def test_who_sees_it_from_now_on_is_told_and_who_does_not_any_more_is_not(
    inside: Organisation, femke: Member, bas: Member
) -> None:
    _does(bas, "Finance")
    _chat(femke, "https://chat.example/hook", "slack")
    made = _share(femke, visibility="chosen")
    assert _told(inside, "fitting") == {}
    change = {"visibility": "network", "title": "Close the books", "disciplines": ["Finance"]}
    opportunities.change(opportunity=made, fields=change, client_name="", at=timezone.now())
    assert set(_told(inside, "fitting")) == {bas.user.email}
    assert Delivery.objects.exclude(next_try_at=None).count() == 1
    opportunities.change(opportunity=made, fields=change | {"visibility": "chosen"}, client_name="", at=timezone.now())
    assert not Message.objects.filter(to=bas.user.email, kind="fitting").exists()
    assert not Delivery.objects.exclude(next_try_at=None).exists()


def test_one_broadcast_that_fails_keeps_no_other_waiting(inside: Organisation, femke: Member, bas: Member) -> None:
    _does(bas, "Finance")
    broadcasting.note(organisation_id=inside.pk, kind="meeting_planned", about=0, at=timezone.now())
    _share(femke)
    assert set(_told(inside, "fitting")) == {bas.user.email}
    bad = Broadcast.objects.get(kind="meeting_planned")
    assert (bad.tries, bad.told_at) == (1, None)
    assert bad.next_at > timezone.now()


def test_many_are_told_some_at_a_time_each_once(inside: Organisation, femke: Member, monkeypatch: Any) -> None:
    monkeypatch.setattr(broadcasting, "AT_ONCE", 2)
    people = [_does(MemberFactory(organisation=inside), "Finance") for _ in range(5)]
    _share(femke)
    for _ in range(2):
        assert set(_told(inside, "fitting")) == {one.user.email for one in people}
    assert Message.objects.filter(kind="fitting").count() == 5


def test_a_landing_that_was_taken_back_did_not_happen(inside: Organisation, femke: Member, bas: Member) -> None:
    shared = _share(femke)
    (placement,) = win(shared, bas, on=timezone.localdate(), level="")
    assert [one["happened"] for one in activity.rows(femke, timezone.now(), 99)].count("landed") == 1
    assignments.take_back(placement=placement, by=femke, at=timezone.now())
    assert [one["happened"] for one in activity.rows(femke, timezone.now(), 99)].count("landed") == 0


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_the_same_whatever_its_length(
    femke: Member, bas: Member, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        shared = _share(femke)
        win(shared, bas, on=timezone.localdate())
        thanking.thank(to=femke, text="For passing it on.", by=bas, at=timezone.now())
    _as(client, bas).get("/here/group/")
    with django_assert_num_queries(9):
        activity.filled(activity.rows(bas, timezone.now(), 100))


def test_members_thank_each_other_and_take_it_away(
    inside: Organisation, femke: Member, bas: Member, client: Client
) -> None:
    address = f"/here/group/thank/{femke.pk}/"
    assert _as(client, bas).post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "For the tip."}).status_code == 302
    assert Message.objects.get(to=femke.user.email, kind="thanked").subject == "Bas thanks you"
    assert "For the tip." in client.get(f"/here/directory/{femke.pk}/").text
    assert client.get(f"/here/group/thank/{bas.pk}/").status_code == 404
    said = Thanks.objects.get()
    assert client.post("/here/mails/", {"fitting": "at_once", "digest": "weekly"}).status_code == 302
    stranger = MemberFactory(organisation=inside)
    assert _as(client, stranger).post(f"/here/group/thanks/{said.pk}/remove/").status_code == 404
    assert _as(client, femke).post(f"/here/group/thanks/{said.pk}/remove/").status_code == 302
    assert not Thanks.objects.exists()
    assert not Message.objects.filter(to=femke.user.email, kind="thanked").exclude(text="").exists()


def test_thanks_of_who_is_erased_say_nothing_any_more(inside: Organisation, femke: Member, bas: Member) -> None:
    thanking.thank(to=femke, text="For the tip, Femke.", by=bas, at=timezone.now())
    Member.objects.filter(pk=femke.pk).update(left_on=timezone.localdate())
    femke.refresh_from_db()
    _chat(bas, "https://chat.example/hook", "slack")
    webhooks.tell(event=Event.MEMBER_JOINED, data=[], at=timezone.now(), said=lambda: of_member(inside, femke))
    erasing.erase_member(member=femke, at=timezone.now())
    assert Delivery.objects.get().body == ""
    assert Thanks.objects.get().text == ""
    assert "thanked" not in [one["happened"] for one in activity.rows(bas, timezone.now(), 99)]


def test_where_nobody_shares_opportunities_there_is_no_group(inside: Organisation, client: Client) -> None:
    member, other = MemberFactory(organisation=inside), MemberFactory(organisation=inside)
    for path in ("group/", f"group/thank/{other.pk}/"):
        assert _as(client, member).get(f"/here/{path}").status_code == 404


def test_the_group_is_read_page_by_page(femke: Member, bas: Member, client: Client) -> None:
    for number in range(40):
        thanking.thank(to=femke, text=f"Thanks no. {number}.", by=bas, at=timezone.now() + timedelta(seconds=number))
    first = _as(client, bas).get("/here/group/").text
    assert "Thanks no. 39." in first
    assert "Thanks no. 9." not in first
    second = client.get("/here/group/?page=2").text
    assert "Thanks no. 9." in second
    assert "Thanks no. 10." not in second
    for odd in ("0", "x", "999999999999999999999"):
        assert client.get(f"/here/group/?page={odd}").status_code == 200
