"""The group: what happens in it, who hears of what at once or with the news, chats, thanks."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, MemberProfile, Organisation, Thanks
from members.services import meetings, thanking
from notices import broadcasting
from notices.group import activity, digests
from notices.models import Broadcast, Delivery, Message, Preference, Webhook
from notices.webhooks import services as webhooks
from notices.webhooks.events import Event
from notices.webhooks.saying import of_member
from privacy.services import erasing
from referrals.models import Case
from referrals.services import assignments, opportunities
from tests.factories import MemberFactory
from tests.listener import Listener
from tests.stories_of_network import network, share, want, win

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


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _told(organisation: Organisation, kind: str) -> dict[str, str]:
    """Have the worker write what waits, and return the mails of a kind by who gets them."""
    broadcasting.broadcast_all(organisation_id=organisation.pk)
    return dict(Message.objects.filter(kind=kind).values_list("to", "text"))


def _share(by: Member, **fields: Any) -> Any:
    return share(by, timezone.localdate(), **{"disciplines": ["Finance"], "title": "Close the books"} | fields)


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


def test_members_say_how_often_they_hear_of_the_group(femke: Member, client: Client) -> None:
    said = {"fitting": "digest", "digest": "monthly", "wanted": ["meeting"]}
    assert _as(client, femke).post("/here/mails/", said).status_code == 302
    own = Preference.objects.get(member=femke)
    assert (own.fitting, own.digest) == ("digest", "monthly")
    never = client.post("/here/mails/", said | {"digest": "never"})
    assert "Then you would never hear of them" in never.text
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


def _chat(by: Member, url: str, form: str) -> Webhook:
    told_of = ["opportunity.shared", "meeting.planned", "member.joined"]
    return webhooks.add_webhook(url=url, told_of=told_of, by=by, at=timezone.now(), format=form)


@pytest.mark.parametrize("form", ["slack", "teams"])
def test_a_chat_hears_of_an_opportunity_without_its_client_and_without_formatting(
    inside: Organisation, femke: Member, form: str
) -> None:
    _chat(femke, "https://chat.example/hook", form)
    made = _share(femke, title="<!channel> [Ports](https://evil.example)")
    _share(femke, title="For few", visibility="chosen")
    (delivery,) = Delivery.objects.all()
    said = json.loads(delivery.body)
    assert made.case.client.name not in delivery.body
    if form == "slack":
        assert "<!channel>" not in said["text"]
        assert {block["type"] for block in said["blocks"]} == {"header", "section", "actions"}
        assert said["blocks"][0]["text"]["type"] == "plain_text"
    else:
        body = said["attachments"][0]["content"]["body"]
        assert {one["type"] for one in body} == {"RichTextBlock"}
        assert "<!channel> [Ports]" in body[0]["inlines"][0]["text"]
    assert f"/here/opportunities/{made.case.reference}/" in delivery.body


def test_the_address_of_a_chat_is_a_key_and_its_choice_is_small(
    inside: Organisation, femke: Member, client: Client
) -> None:
    Member.objects.filter(pk=femke.pk).update(roles=["administrator"])
    key = "secret-of-the-chat"
    said = {"format": "slack", "url": f"https://chat.example/services/{key}", "told_of": ["payout.paid"]}
    refused = _as(client, femke).post("/here/settings/webhooks/", said)
    assert refused.status_code == 422
    assert "no more than that" in refused.text
    said["told_of"] = ["opportunity.shared"]
    assert client.post("/here/settings/webhooks/", said).status_code == 302
    made = Webhook.objects.get()
    page = f"/here/settings/webhooks/{made.pk}/"
    for path in ("/here/settings/webhooks/", page, "/here/settings/audit-log/"):
        assert key not in client.get(path).text
    assert key not in str(list(Webhook.pgh_event_model.objects.values()))  # type: ignore[attr-defined]
    assert (made.url, made.address) == ("https://chat.example/…", f"https://chat.example/services/{key}")
    assert client.post(page, {"url": "", "told_of": ["member.joined"], "is_active": "on"}).status_code == 302
    made.refresh_from_db()
    assert made.address.endswith(key)
    client.post(page, {"url": "https://other.example/x", "told_of": ["member.joined"], "is_active": "on"})
    made.refresh_from_db()
    assert (made.url, made.address) == ("https://other.example/…", "https://other.example/x")


def test_an_address_of_a_chat_is_not_taken_for_another_systems(
    inside: Organisation, femke: Member, client: Client
) -> None:
    Member.objects.filter(pk=femke.pk).update(roles=["administrator"])
    said = {"format": "standard", "url": "https://hooks.slack.com/services/x", "told_of": ["opportunity.shared"]}
    answer = _as(client, femke).post("/here/settings/webhooks/", said)
    assert answer.status_code == 422
    assert "choose Slack or Teams" in answer.text


def test_where_nobody_shares_opportunities_there_is_no_group(inside: Organisation, client: Client) -> None:
    member, other = MemberFactory(organisation=inside), MemberFactory(organisation=inside)
    for path in ("group/", f"group/thank/{other.pk}/"):
        assert _as(client, member).get(f"/here/{path}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_chat_is_posted_to_unsigned(organisation: Organisation, listener: Listener) -> None:
    with tenant(organisation.pk):
        by = MemberFactory(organisation=organisation, roles=["administrator"])
        webhooks.send_test(webhook=_chat(by, listener.url, "slack"), at=timezone.now())
    work.sweep()
    ((headers, body),) = listener.got
    assert "webhook-signature" not in headers
    assert json.loads(body)["blocks"][0]["type"] == "header"


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
