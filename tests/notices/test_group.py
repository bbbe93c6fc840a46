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
from notices.models import Delivery, Message, Preference, Webhook
from notices.webhooks import services as webhooks
from privacy.services import erasing
from referrals.services import assignments, opportunities
from tests.factories import MemberFactory
from tests.listener import Listener
from tests.stories_of_network import network, share, win

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
    ("day", "due"),
    [
        (date(2026, 10, 5), {"digest_weekly": date(2026, 9, 28)}),
        (date(2026, 10, 1), {"digest_monthly": date(2026, 9, 1)}),
        (date(2026, 6, 1), {"digest_weekly": date(2026, 5, 25), "digest_monthly": date(2026, 5, 1)}),
        (date(2026, 10, 6), {}),
    ],
)
def test_news_are_due_on_mondays_and_on_the_first(day: date, due: dict[str, date]) -> None:
    assert digests.due_on(day) == due


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


def test_a_landing_that_was_taken_back_did_not_happen(inside: Organisation, femke: Member, bas: Member) -> None:
    shared = _share(femke)
    (placement,) = win(shared, bas, on=timezone.localdate(), level="")
    assert [one["happened"] for one in activity.rows(femke, timezone.now())].count("landed") == 1
    assignments.take_back(placement=placement, by=femke, at=timezone.now())
    assert [one["happened"] for one in activity.rows(femke, timezone.now())].count("landed") == 0


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_the_same_whatever_its_length(
    femke: Member, bas: Member, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        shared = _share(femke)
        win(shared, bas, on=timezone.localdate())
        thanking.thank(to=femke, text="For passing it on.", by=bas, at=timezone.now())
    _as(client, bas).get("/here/group/")
    with django_assert_num_queries(8):
        activity.filled(activity.rows(bas, timezone.now())[:100])


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
    stranger = MemberFactory(organisation=inside)
    assert _as(client, stranger).post(f"/here/group/thanks/{said.pk}/remove/").status_code == 404
    assert _as(client, femke).post(f"/here/group/thanks/{said.pk}/remove/").status_code == 302
    assert not Thanks.objects.exists()


def test_thanks_of_who_is_erased_say_nothing_any_more(inside: Organisation, femke: Member, bas: Member) -> None:
    thanking.thank(to=femke, text="For the tip, Femke.", by=bas, at=timezone.now())
    Member.objects.filter(pk=femke.pk).update(left_on=timezone.localdate())
    femke.refresh_from_db()
    erasing.erase_member(member=femke, at=timezone.now())
    assert Thanks.objects.get().text == ""
    assert "thanked" not in [one["happened"] for one in activity.rows(bas, timezone.now())]


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


def test_the_address_of_a_chat_is_shown_in_part_and_its_choice_is_small(
    inside: Organisation, femke: Member, client: Client
) -> None:
    Member.objects.filter(pk=femke.pk).update(roles=["administrator"])
    said = {
        "format": "slack",
        "url": "https://chat.example/services/T0/B0/secret-of-the-chat",
        "told_of": ["payout.paid"],
    }
    refused = _as(client, femke).post("/here/settings/webhooks/", said)
    assert refused.status_code == 422
    assert "no more than that" in refused.text
    assert client.post("/here/settings/webhooks/", said | {"told_of": ["opportunity.shared"]}).status_code == 302
    assert "secret-of-the-chat" not in client.get("/here/settings/webhooks/").text
    assert "secret-of-the-chat" not in client.get("/here/settings/audit-log/").text


@pytest.mark.django_db(transaction=True)
def test_a_chat_is_posted_to_unsigned(organisation: Organisation, listener: Listener) -> None:
    with tenant(organisation.pk):
        by = MemberFactory(organisation=organisation, roles=["administrator"])
        webhooks.send_test(webhook=_chat(by, listener.url, "slack"), at=timezone.now())
    work.sweep()
    ((headers, body),) = listener.got
    assert "webhook-signature" not in headers
    assert json.loads(body)["blocks"][0]["type"] == "header"
