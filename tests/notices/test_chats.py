"""Slack and Teams: told in sentences that no formatting is read in, of no client; the address is a key."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices.models import Delivery, Webhook
from notices.webhooks import services as webhooks
from tests.factories import MemberFactory
from tests.listener import Listener
from tests.stories_of_network import network, share


@pytest.fixture
def femke(inside: Organisation) -> Member:
    network(inside)
    inside.refresh_from_db()
    return MemberFactory(organisation=inside, name="Femke")


def _as(client: Client, member: Member) -> Client:
    client.force_login(member.user)
    return client


def _share(by: Member, **fields: Any) -> Any:
    return share(by, timezone.localdate(), **{"disciplines": ["Finance"], "title": "Close the books"} | fields)


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


@pytest.mark.django_db(transaction=True)
def test_a_chat_is_posted_to_unsigned(organisation: Organisation, listener: Listener) -> None:
    with tenant(organisation.pk):
        by = MemberFactory(organisation=organisation, roles=["administrator"])
        webhooks.send_test(webhook=_chat(by, listener.url, "slack"), at=timezone.now())
    work.sweep()
    ((headers, body),) = listener.got
    assert "webhook-signature" not in headers
    assert json.loads(body)["blocks"][0]["type"] == "header"
