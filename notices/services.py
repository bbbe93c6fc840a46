"""Writing mails as rows, and sending them: each once, retried, never in a request."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import unsubscribing
from notices.kinds import CHOSEN, OPTIONAL, Kind
from notices.models import Message, Preference
from notices.writing.letter import Letter
from referrals.services import consent

log = logging.getLogger(__name__)

SEND = "mail"
NEWS_LASTS = timedelta(days=2)
MOST_TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
EMPTIED: dict[str, Any] = {
    "to": "",
    "sender": "",
    "subject": "",
    "text": "",
    "html": "",
    "unsubscribe": "",
    "next_try_at": None,
}


@transaction.atomic
def write(
    *,
    organisation: Organisation,
    to: str,
    language: str,
    about: str,
    letter: Callable[[], Letter],
    at: datetime,
    sender: Member | None = None,
    reader: Member | None = None,
) -> None:
    """Write a mail, once for what it is about, in the reader's language; what happened days ago is no news any more."""
    if not to or at < timezone.now() - NEWS_LASTS:
        return
    with translation.override(language):
        said = letter()
        context = {"letter": said, "organisation": organisation, "address": settings.SITE_URL + said.path}
        unsubscribe = ""
        if reader and said.kind in CHOSEN:
            unsubscribe = unsubscribing.address_for(member=reader, kind=said.kind, at=timezone.now())
            context["choose"] = settings.SITE_URL + reverse("mails", args=[organisation.slug])
            context["stop"] = unsubscribe
        message = Message(
            kind=said.kind,
            about=about,
            to=to,
            sender=" ".join(f"{sender.name} · {organisation.name}".split())[:120] if sender else organisation.name,
            subject=" ".join(said.subject.split())[:200],
            text=render_to_string("emails/message.txt", context),
            html=render_to_string("emails/message.html", context),
            unsubscribe=unsubscribe,
            written_at=at,
            next_try_at=timezone.now(),
        )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    work.add(organisation.pk, SEND)


def write_to_member(
    *,
    organisation: Organisation,
    member: Member,
    about: str,
    letter: Callable[[], Letter],
    at: datetime,
    sender: Member | None = None,
) -> None:
    """Write a mail to a member, unless they switched its kind off."""
    with translation.override(member.user.language):
        kind = letter().kind
    if kind in OPTIONAL and (
        member.left_on or Preference.objects.filter(member=member, muted__contains=[kind]).exists()
    ):
        return
    write(
        organisation=organisation,
        to=member.user.email,
        language=member.user.language,
        about=about,
        letter=letter,
        at=at,
        sender=sender,
        reader=member,
    )


def send_all(*, organisation_id: int) -> bool:
    """Send an organisation's mails that are due, each in a transaction of its own; return whether none is left."""
    while _send_one(organisation_id):
        pass
    with tenant(organisation_id):
        return not Message.objects.filter(next_try_at__lte=timezone.now()).exists()


def _send_one(organisation_id: int) -> bool:
    with tenant(organisation_id):
        due = Message.objects.select_for_update(skip_locked=True).filter(next_try_at__lte=timezone.now())
        message = due.order_by("next_try_at", "pk").first()
        if not message:
            return False
        try:
            _send(message)
        except Exception as error:  # whatever the mail server says or does not say: try again later
            log.warning("mail %s was not sent: %s", message.pk, type(error).__name__)
            _try_later(message, organisation_id)
        else:
            Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), **EMPTIED)
            if message.kind == Kind.ASKED:
                consent.note_informed(case_id=int(message.about.partition(":")[2]), at=timezone.now())
    return True


def _try_later(message: Message, organisation_id: int) -> None:
    tries = message.tries + 1
    if tries == MOST_TRIES:
        Message.objects.filter(pk=message.pk).update(tries=tries, **EMPTIED)
        return
    again = timezone.now() + FIRST_PAUSE * 2 ** (tries - 1)
    Message.objects.filter(pk=message.pk).update(tries=tries, next_try_at=again)
    work.add(organisation_id, SEND, again)


def empty(*, abouts: list[str]) -> None:
    """Empty mails about something, and do not send those that wait."""
    Message.objects.filter(about__in=abouts).update(**EMPTIED)


def empty_beginning(*, with_: str) -> None:
    """Empty mails about what begins so, and do not send those that wait."""
    Message.objects.filter(about__startswith=with_).update(**EMPTIED)


def empty_to(*, addresses: list[str]) -> None:
    """Empty mails to these addresses, and do not send those that wait."""
    Message.objects.filter(to__in=addresses).update(**EMPTIED)


def _send(message: Message) -> None:
    """Send with an id that stays the same, so that mail programs show one that came twice once.

    Mail programs offer a button of their own to stop what says where: RFC 2369, and RFC 8058 for one click.
    """
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {"Message-ID": f"<{message.organisation_id}.{message.pk}@{address.split('@')[1]}>"}
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        formataddr((message.sender, address)),
        [message.to],
        headers=headers,
    )
    mail.attach_alternative(message.html, "text/html")
    mail.send()


@transaction.atomic
def set_preference(*, member: Member, fields: Mapping[str, Any]) -> None:
    """Keep which mails a member does not want, and how often they hear of the group: fields of the model."""
    Preference.objects.update_or_create(member=member, defaults=fields)
