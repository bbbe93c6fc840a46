"""Telling many members of one thing: noted in the transaction in which it happened, written by the worker, some at a time."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import QuerySet
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import services
from notices.models import Broadcast
from notices.writing.letter import Letter

log = logging.getLogger(__name__)

BROADCAST = "broadcast"
AT_ONCE = 200
LONGEST_RUN = 15.0
"""Seconds after which a run leaves the rest to the next one: other organisations wait too."""
MOST_TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
Written = tuple[Member, Callable[[], Letter]]
Writer = Callable[[Organisation, Broadcast, list[Member]], Iterable[Written]]
"""Says what each of some members is told; who is not told is left out."""

_writers: dict[str, Writer] = {}


def writes(kind: str) -> Callable[[Writer], Writer]:
    """Register the function that writes broadcasts of a kind; called inside the organisation."""

    def register(writer: Writer) -> Writer:
        _writers[kind] = writer
        return writer

    return register


def note(*, organisation_id: int, kind: str, about: int, at: datetime) -> None:
    """Note that members are to be told of something, by its id; there may be thousands of them."""
    Broadcast.objects.create(kind=kind, about=about, noted_at=at, next_at=timezone.now())
    work.add(organisation_id, BROADCAST)


def messages_of(kind: str, about: int) -> list[str]:
    """Return what mails about something begin with that many were told."""
    found = Broadcast.objects.filter(kind=kind, about=about).values_list("pk", flat=True)
    return [_key(pk) for pk in found]


def broadcast_all(*, organisation_id: int) -> bool:
    """Write to members about each thing of which they were not told yet; must run in no transaction.

    Each time to some of them, in a transaction that holds the broadcast: others take another one. What fails is tried again
    later, and keeps nothing else waiting. Return whether nothing is left that is due.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    began = monotonic()
    while monotonic() - began < LONGEST_RUN:
        with tenant(organisation_id):
            one = _due().select_for_update(skip_locked=True).first()
            if one is None:
                break
            try:
                last = _write_some(organisation, one)
            except Exception:  # whatever is wrong with one of them
                log.exception("broadcast %s of organisation %s", one.pk, organisation_id)
                failed = one
            else:
                told_at = None if last else timezone.now()
                Broadcast.objects.filter(pk=one.pk).update(last_member=last or one.last_member, told_at=told_at)
                continue
        _try_later(organisation_id, failed)
    with tenant(organisation_id):
        return not _due().exists()


def _due() -> QuerySet[Broadcast]:
    return Broadcast.objects.filter(told_at=None, next_at__lte=timezone.now()).order_by("next_at", "pk")


def _write_some(organisation: Organisation, one: Broadcast) -> int | None:
    """Write to the members who come next by their ids; return the last of them, or None when there are no more."""
    present = Member.objects.filter(left_on=None, pk__gt=one.last_member).select_related("user").order_by("pk")
    members = list(present[:AT_ONCE])
    for member, letter in _writers[one.kind](organisation, one, members):
        services.write_to_member(
            organisation=organisation, member=member, about=f"{_key(one.pk)}{member.pk}", letter=letter, at=one.noted_at
        )
    return members[-1].pk if len(members) == AT_ONCE else None


def _try_later(organisation_id: int, one: Broadcast) -> None:
    again = timezone.now() + FIRST_PAUSE * 2**one.tries
    told_at = timezone.now() if one.tries + 1 == MOST_TRIES else None
    with tenant(organisation_id):
        Broadcast.objects.filter(pk=one.pk).update(tries=one.tries + 1, next_at=again, told_at=told_at)
        work.add(organisation_id, BROADCAST, again)


def _key(broadcast_id: int) -> str:
    return f"broadcast:{broadcast_id}:"
