"""Sending invoices over Peppol: noted with the number, handed over by the worker, tried again, never twice."""

import logging
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kernel import sending, work
from kernel.tenancy import tenant
from payouts.models import Document, Payee, Transmission
from payouts.selectors import transmissions
from payouts.selectors.settings import payout_settings
from payouts.transport.parcel import Answer, Outcome, Parcel, Transport

log = logging.getLogger(__name__)

SEND = "send"
LONGEST_RUN = 15.0
"""Seconds after which a run leaves the rest to the next one."""
State = Transmission.State


class NotToBeSentError(Exception):
    """It is on its way already, or arrived; or its receiver is not reached over Peppol."""


class AnsweredAlreadyError(Exception):
    """The other side answered something else before."""


def note(*, document: Document, payee: Payee | None, at: datetime) -> None:
    """Have a document sent, in the transaction in which it is made out, when its member is reached over Peppol."""
    found = transmissions.addresses(document, payee) if payee else None
    if found and transmissions.transport_of(payout_settings()):
        sender, receiver = found
        Transmission.objects.create(document=document, sender=sender, receiver=receiver, noted_at=at, next_try_at=at)
        work.add(document.organisation_id, SEND)


@transaction.atomic
def send_again(*, document: Document, payee: Payee | None, at: datetime) -> None:
    """Begin anew after a refusal, or try once more what was never reached."""
    Document.objects.select_for_update().get(pk=document.pk)
    newest = transmissions.transmission_of(document)
    if newest and newest.is_given_up:
        Transmission.objects.filter(pk=newest.pk).update(tries=0, next_try_at=at)
        work.add(document.organisation_id, SEND)
        return
    if newest is None or newest.state != State.REFUSED:
        raise NotToBeSentError
    note(document=document, payee=payee, at=at)
    if transmissions.transmission_of(document) == newest:
        raise NotToBeSentError


@transaction.atomic
def answer(*, key: UUID, is_delivered: bool, reason: str, at: datetime) -> Transmission:
    """Record what the access point or the receiver says. DoesNotExist for no such transmission."""
    found = Transmission.objects.select_for_update(of=("self",)).select_related("document").get(key=key)
    state = State.DELIVERED if is_delivered else State.REFUSED
    if found.state == state:
        return found
    if found.state in (State.DELIVERED, State.REFUSED):
        raise AnsweredAlreadyError
    found.state, found.answer, found.answered_at, found.next_try_at = state, "" if is_delivered else reason, at, None
    found.handed_over_at = found.handed_over_at or at  # they answer what they have, whatever we know of it
    found.save(update_fields=["state", "answer", "answered_at", "next_try_at", "handed_over_at"])
    return found


def send_due(*, organisation_id: int) -> bool:
    """Hand over what is due, each with no transaction open meanwhile; return whether none is left."""
    began = monotonic()
    with tenant(organisation_id):
        transport = transmissions.transport_of(payout_settings())
    while transport and monotonic() - began < LONGEST_RUN:
        claimed = _claim(organisation_id)
        if not claimed:
            break
        _hand_over(claimed, transport)
    with tenant(organisation_id):
        due = Transmission.objects.filter(next_try_at__lte=timezone.now())
        return not transport or not due.exists()


def _claim(organisation_id: int) -> tuple[Transmission, Parcel] | None:
    """Take the next one for as long as handing it over may last: should the worker die, it is somebody else's then."""
    with tenant(organisation_id):
        now = timezone.now()
        due = Transmission.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try_at__lte=now)
        found = due.select_related("document").order_by("next_try_at", "pk").first()
        if not found:
            return None
        found.tries, found.next_try_at = found.tries + 1, now + sending.LEASE
        found.save(update_fields=["tries", "next_try_at"])
        work.add(organisation_id, SEND, found.next_try_at)
        return found, transmissions.parcel_of(found)


def _hand_over(claimed: tuple[Transmission, Parcel], transport: Transport) -> None:
    """Stage it, note that, and hand it over: what was staged once is not staged again, lest it went out already."""
    found, parcel = claimed
    try:
        if not found.is_staged and transport.stage(parcel):
            _keep(found, is_staged=True)
    except OSError as error:
        log.warning("a document cannot be staged: %s", type(error).__name__)
        said = Answer(Outcome.NOT_REACHED, "folder")
    else:
        said = transport.hand_over(parcel)
    _keep(found, **_after(found, said))


def _after(found: Transmission, said: Answer) -> dict[str, Any]:
    now = timezone.now()
    if said.outcome is Outcome.TAKEN:
        return {"state": State.HANDED_OVER, "handed_over_at": now, "next_try_at": None, "answer": ""}
    if said.outcome is Outcome.REFUSED:
        return {"state": State.REFUSED, "answered_at": now, "next_try_at": None, "answer": said.text}
    is_over = found.tries > len(sending.PAUSES)
    return {"next_try_at": None if is_over else now + sending.PAUSES[found.tries - 1], "answer": said.text}


def _keep(found: Transmission, **changes: Any) -> None:
    """Keep what came of it, unless the other side was quicker to answer."""
    with tenant(found.organisation_id):
        Transmission.objects.filter(pk=found.pk, state=State.WAITING).update(**changes)
        if changes.get("next_try_at"):
            work.add(found.organisation_id, SEND, changes["next_try_at"])
