"""Other systems are told what happens: once, signed, tried again, and never inside our own network."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook as Checker

from kernel import sending, work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from members.services.people import change, leave
from notices.models import Delivery, Message, Webhook
from notices.webhooks import services
from notices.webhooks.events import EVENT_NAMES
from payouts.models import Entitlement
from payouts.services import assessing, paying
from referrals.models import Fact
from referrals.services import placements
from tests.factories import MemberFactory
from tests.listener import Listener
from tests.stories import at, publish, recommend, tell


@pytest.fixture
def administrator(organisation: Organisation) -> Member:
    return MemberFactory(organisation=organisation, roles=["administrator"])


@pytest.fixture
def webhook(organisation: Organisation, administrator: Member, listener: Listener) -> Webhook:
    with tenant(organisation.pk):
        return services.add_webhook(
            url=listener.url, told_of=[str(event) for event in EVENT_NAMES], by=administrator, at=timezone.now()
        )


def only_delivery(organisation: Organisation) -> Delivery:
    with tenant(organisation.pk):
        return Delivery.objects.get()


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("has_left", [True, False])
def test_administrators_hear_of_the_webhooks_of_one_who_is_none_of_them_any_more(
    organisation: Organisation, webhook: Webhook, administrator: Member, has_left: bool
) -> None:
    other = MemberFactory(organisation=organisation, roles=["administrator"])
    with tenant(organisation.pk):
        for ended in (MemberFactory(organisation=organisation), administrator):
            if has_left:
                leave(organisation=organisation, member=ended, on=timezone.localdate(), by=other, at=timezone.now())
            else:
                change(member=ended, name=ended.name, roles=[], team=None, by=other, at=timezone.now())
        told = Message.objects.get(about__startswith="webhooks:")
    assert told.to == other.user.email
    assert webhook.url in told.text


def test_a_way_from_case_to_payout_is_told_and_signed(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    told = tell(organisation)
    maker, checker = (MemberFactory(organisation=organisation, roles=["finance"]) for _ in range(2))
    now = timezone.now()
    with tenant(organisation.pk):
        placements.set_days_worked(
            placement=told.placement, until=timezone.localdate(), days=Decimal(18), by=told.recruiter, at=now
        )
    assessing.assess_due(organisation_id=organisation.pk, at=now)
    with tenant(organisation.pk):
        (payable,) = paying.propose(entitlements=[Entitlement.objects.get().pk], by=maker, at=now)
        paying.approve(payables=[payable.pk], on=timezone.localdate(), by=checker, at=now)
    work.sweep()
    work.sweep()
    said = [json.loads(body) for _headers, body in listener.got]
    assert [one["type"] for one in said if one["type"] != "case.changed"] == [
        "case.submitted", "entitlement.due", "payout.approved"
    ]  # fmt: skip
    moved = [one["data"] for one in said if one["type"] == "case.changed"]
    assert moved[-1] == {"case": told.case.reference, "kind": "referral", "stage": "working", "facts": ["worked"]}
    due = next(one["data"] for one in said if one["type"] == "entitlement.due")
    assert (due["case"], due["amount"], due["unit"]) == (told.case.reference, "1200.00", "EUR")
    for headers, body in listener.got:
        Checker(webhook.secret).verify(body, headers)
    ids = [headers["webhook-id"] for headers, _body in listener.got]
    assert len(set(ids)) == len(ids)


def test_what_is_taken_back_is_told_as_well(organisation: Organisation, webhook: Webhook, listener: Listener) -> None:
    told = tell(organisation)
    work.sweep()
    listener.got.clear()
    with tenant(organisation.pk):
        until = Fact.objects.filter(kind="worked").latest("on").on
        placements.set_days_worked(
            placement=told.placement, until=until, days=Decimal(0), by=told.recruiter, at=timezone.now()
        )
    work.sweep()
    (said,) = [json.loads(body) for _headers, body in listener.got]
    assert (said["type"], said["data"]["facts"]) == ("case.changed", [])


def test_a_worker_that_dies_while_sending_loses_nothing(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    services._claim(organisation.pk)  # and nothing more
    assert services.deliver_due(organisation_id=organisation.pk)
    assert listener.got == []
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=True):
        work.sweep()
    assert (len(listener.got), only_delivery(organisation).tries) == (1, 2)


def test_what_is_switched_off_while_it_is_sent_is_not_tried_again(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    listener.status = 500
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    claimed = services._claim(organisation.pk)
    assert claimed
    with tenant(organisation.pk):
        services.change_webhook(webhook=webhook, fields={"is_active": False})
    services._deliver(organisation.pk, claimed)
    assert only_delivery(organisation).next_try_at is None


def test_what_is_switched_off_is_sent_nothing_more(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
        services.change_webhook(webhook=webhook, fields={"is_active": False})
    work.sweep()
    assert listener.got == []


def test_only_what_was_chosen_is_told(organisation: Organisation, webhook: Webhook, listener: Listener) -> None:
    with tenant(organisation.pk):
        services.change_webhook(webhook=webhook, fields={"told_of": ["payout.paid"]})
        publish()
        recommend(organisation, MemberFactory(organisation=organisation), timezone.localdate())
    work.sweep()
    assert listener.got == []


def test_what_is_not_taken_is_tried_ten_times_over_three_days(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    listener.status = 500
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    began = now = timezone.now()
    while only_delivery(organisation).next_try_at:
        now = only_delivery(organisation).next_try_at + timedelta(seconds=1)  # type: ignore[operator]
        with time_machine.travel(now, tick=True):
            work.sweep()
    delivery = only_delivery(organisation)
    assert (delivery.tries, delivery.status, delivery.delivered_at) == (10, 500, None)
    assert timedelta(days=2.9) < now - began < timedelta(days=3)
    assert len({headers["webhook-id"] for headers, _body in listener.got}) == 1
    assert len(listener.got) == 10


def test_what_was_refused_is_taken_later(organisation: Organisation, webhook: Webhook, listener: Listener) -> None:
    listener.status = 503
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    work.sweep()
    assert only_delivery(organisation).delivered_at is None
    listener.status = 200
    with tenant(organisation.pk):
        services.retry(delivery=only_delivery(organisation))
    work.sweep()
    delivery = only_delivery(organisation)
    assert (delivery.status, delivery.tries, delivery.next_try_at) == (200, 2, None)
    assert delivery.delivered_at


def test_a_redirect_is_not_followed(organisation: Organisation, webhook: Webhook, listener: Listener) -> None:
    listener.status, listener.location = 302, "http://169.254.169.254/latest/meta-data/"
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    work.sweep()
    assert (only_delivery(organisation).status, len(listener.got)) == (302, 1)


def test_who_says_that_nobody_listens_there_is_switched_off(
    organisation: Organisation, webhook: Webhook, listener: Listener
) -> None:
    listener.status = 410
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    work.sweep()
    with tenant(organisation.pk):
        webhook.refresh_from_db()
    assert (webhook.is_active, only_delivery(organisation).next_try_at) == (False, None)


def test_an_answer_that_drips_is_cut_off(
    organisation: Organisation, webhook: Webhook, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "DEADLINE", 0.6)
    listener.drips = True
    with tenant(organisation.pk):
        services.send_test(webhook=webhook, at=timezone.now())
    work.sweep()
    delivery = only_delivery(organisation)
    assert (delivery.status, delivery.answer) == (None, "timeout")


def test_who_never_answers_does_not_keep_the_worker(
    organisation: Organisation, webhook: Webhook, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "DEADLINE", 0.2)
    listener.drips = True
    with tenant(organisation.pk):
        for _ in range(20):
            services.send_test(webhook=webhook, at=timezone.now())
    work.sweep()
    assert len(listener.got) == 4
    with tenant(organisation.pk):
        waiting = Delivery.objects.exclude(next_try_at=None).values_list("next_try_at", flat=True)
        assert min(one for one in waiting if one) > timezone.now() + timedelta(minutes=4)


def test_an_administrator_adds_tests_and_removes_one(
    organisation: Organisation, administrator: Member, listener: Listener
) -> None:
    client = Client()
    client.force_login(administrator.user)
    said = {"url": listener.url, "told_of": ["case.submitted"]}
    address = client.post("/here/settings/webhooks/", said).headers["Location"]
    assert "whsec_" in client.get(address).content.decode()
    client.post(address + "test/")
    work.sweep()
    assert "taken (204)" in client.get(address).content.decode()
    client.post(address, {"url": listener.url, "told_of": ["case.submitted"]})
    assert '"tag tag-wait">off' in client.get("/here/settings/webhooks/").content.decode()
    client.post(address + "remove/")
    assert client.get(address).status_code == 404


def test_ten_addresses_are_enough(organisation: Organisation, administrator: Member) -> None:
    with tenant(organisation.pk):
        for number in range(10):
            services.add_webhook(
                url=f"https://{number}.example/", told_of=[], by=administrator, at=at(timezone.localdate())
            )
        with pytest.raises(services.TooManyError):
            services.add_webhook(url="https://x.example/", told_of=[], by=administrator, at=timezone.now())
