"""Telling other systems: webhooks, and deliveries that are tried until they are taken."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from kernel import limits, sending, work
from kernel.tenancy import tenant
from members.models import Member
from notices.models import Delivery, Webhook
from notices.webhooks.chats import Said, slack, teams
from notices.webhooks.events import Event, body
from notices.webhooks.saying import of_test

DELIVER = "webhook"
FORGET = "deliveries"
"""The kinds of work of deliveries."""
GONE = 410
KEPT = timedelta(days=30)
TIMEOUTS = (3, 300)
LONG_WAIT = timedelta(minutes=5)
"""After so many answers that did not come within so many seconds, an organisation's deliveries wait."""
LONGEST_RUN = 15.0
"""Seconds after which a run leaves the rest to the next one."""
MOST_WEBHOOKS = 10
IN_CHATS = {Webhook.Format.SLACK: slack, Webhook.Format.TEAMS: teams}


class TooManyError(Exception):
    """An organisation has as many webhooks as it can have."""


@transaction.atomic
def add_webhook(
    *,
    url: str,
    told_of: Iterable[str],
    by: Member,
    at: datetime,
    format: str = Webhook.Format.STANDARD,  # noqa: A002 - as the field is called
) -> Webhook:
    """Have an address told of events; its secret is made here."""
    if Webhook.objects.count() >= MOST_WEBHOOKS:
        raise TooManyError
    secret = sending.new_secret()
    if format != Webhook.Format.STANDARD:
        url, secret = host_of(url), url
    return Webhook.objects.create(
        url=url, format=format, told_of=sorted(told_of), secret=secret, made_by=by, made_at=at
    )


@transaction.atomic
def change_webhook(*, webhook: Webhook, fields: Mapping[str, Any]) -> None:
    """Change where and of what a webhook is told, or switch it on or off; off, nothing waits for it any more.

    The address of a chat stays as it is when none is given.
    """
    fields = dict(fields)
    if webhook.is_chat:
        address = fields.pop("url")
        fields |= {"url": host_of(address), "secret": address} if address else {}
    Webhook.objects.filter(pk=webhook.pk).update(**fields)
    if not fields.get("is_active", True):
        _give_up(webhook.pk)


def host_of(address: str) -> str:
    """Return on which machine an address is, which is all that is shown of a chat's."""
    return f"https://{urlsplit(address).hostname or ''}/…"


@transaction.atomic
def take_back(*, event: Event, naming: str) -> None:
    """Empty what was told of an event that names something, and send no more what waits of it."""
    named = Delivery.objects.filter(event=event, body__contains=json.dumps(naming, ensure_ascii=False)[1:-1])
    named.update(body="", next_try_at=None)


def remove_webhook(*, webhook: Webhook) -> None:
    """Forget a webhook and what was sent to it."""
    Webhook.objects.filter(pk=webhook.pk).delete()


def tell(
    *, event: Event, data: Iterable[Mapping[str, Any]], at: datetime, said: Callable[[], Said] | None = None
) -> None:
    """Note, in the transaction of what happened, that every webhook that wants it is told of each of these objects.

    `data` is only looked at when there is such a webhook, and `said` when there is such a chat.
    """
    webhooks = list(Webhook.objects.filter(is_active=True, told_of__contains=[event]))
    systems, chats = ([one for one in webhooks if one.is_chat is is_chat] for is_chat in (False, True))
    if systems:
        _note(systems, [body(event, at, one) for one in data], event, at)
    if chats and said:
        _note_chats(chats, said(), event, at)


@transaction.atomic
def send_test(*, webhook: Webhook, at: datetime) -> None:
    """Send a webhook something that says it is a test."""
    if webhook.is_chat:
        _note_chats([webhook], of_test(webhook.organisation), Event.TEST, at)
    else:
        _note([webhook], [body(Event.TEST, at, {"webhook": webhook.pk})], Event.TEST, at)


@transaction.atomic
def retry(*, delivery: Delivery) -> None:
    """Try a delivery that was given up, or waits, once more and at once."""
    waiting = Delivery.objects.filter(pk=delivery.pk, delivered_at=None, webhook__is_active=True)
    waiting.update(next_try_at=timezone.now())
    work.add(delivery.organisation_id, DELIVER)


def deliver_due(*, organisation_id: int) -> bool:
    """Send what is due, each with no transaction open meanwhile; return whether none is left.

    Not for long at a time: who answers slowly must not keep the worker from others.
    """
    began = monotonic()
    while monotonic() - began < LONGEST_RUN:
        claimed = _claim(organisation_id)
        if not claimed:
            break
        _deliver(organisation_id, claimed)
    with tenant(organisation_id):
        return not Delivery.objects.filter(next_try_at__lte=timezone.now()).exists()


def forget_old(*, organisation_id: int) -> None:
    """Forget deliveries that were taken, or given up, long ago."""
    with tenant(organisation_id):
        Delivery.objects.filter(noted_at__lt=timezone.now() - KEPT, next_try_at=None).delete()


def _note(webhooks: list[Webhook], bodies: list[str], event: Event, at: datetime) -> None:
    now = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event=event, body=said, noted_at=at, next_try_at=now)
        for webhook in webhooks
        for said in bodies
    )
    work.add(webhooks[0].organisation_id, DELIVER)


def _note_chats(chats: list[Webhook], said: Said, event: Event, at: datetime) -> None:
    for one in chats:
        _note([one], [IN_CHATS[Webhook.Format(one.format)](said)], event, at)


def _claim(organisation_id: int) -> Delivery | None:
    """Take the next delivery for as long as sending may last: should the worker die, it is somebody else's then."""
    with tenant(organisation_id):
        now = timezone.now()
        due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try_at__lte=now)
        delivery = due.select_related("webhook").order_by("next_try_at", "pk").first()
        if delivery:
            delivery.tries, delivery.next_try_at = delivery.tries + 1, now + sending.LEASE
            delivery.save(update_fields=["tries", "next_try_at"])
            work.add(organisation_id, DELIVER, delivery.next_try_at)
        return delivery


def _deliver(organisation_id: int, delivery: Delivery) -> None:
    try:
        answer = sending.post(delivery.webhook.address, delivery.body.encode(), _headers(delivery))
    except sending.NotSentError as error:
        outcome: dict[str, Any] = {"status": None, "answer": str(error)}
    else:
        outcome = {"status": answer.status, "answer": answer.text.replace("\0", "")}
    now = timezone.now()
    taken = outcome["status"] is not None and 200 <= outcome["status"] < 300
    outcome["delivered_at"] = now if taken else None
    outcome["next_try_at"] = (
        None if taken or delivery.tries > len(sending.PAUSES) else now + sending.PAUSES[delivery.tries - 1]
    )
    with tenant(organisation_id):
        Delivery.objects.filter(pk=delivery.pk).update(**outcome)
        if outcome["answer"] == "timeout" and not limits.within("timeout", organisation_id, *TIMEOUTS):
            _let_others_go_first(organisation_id, now + LONG_WAIT)
        if outcome["next_try_at"]:
            work.add(organisation_id, DELIVER, outcome["next_try_at"])
        if outcome["status"] == GONE:  # the other side says that nobody listens there any more
            Webhook.objects.filter(pk=delivery.webhook_id).update(is_active=False)
        if not Webhook.objects.filter(pk=delivery.webhook_id, is_active=True).exists():  # or switched off meanwhile
            _give_up(delivery.webhook_id)


def _let_others_go_first(organisation_id: int, until: datetime) -> None:
    """Have everything that waits wait longer: what an organisation sends to does not answer, and a worker is no one's own."""
    Delivery.objects.filter(next_try_at__lt=until).update(next_try_at=until)
    work.add(organisation_id, DELIVER, until)


def _give_up(webhook_id: int) -> None:
    Delivery.objects.filter(webhook=webhook_id).update(next_try_at=None)


def _headers(delivery: Delivery) -> dict[str, str]:
    if delivery.webhook.is_chat:  # who can post to a chat knows its address; it checks nothing else
        return {"Content-Type": "application/json; charset=utf-8"}
    signed = sending.signed(f"msg_{delivery.key.hex}", delivery.webhook.secret, delivery.body)
    return {"Content-Type": "application/json", **signed}
