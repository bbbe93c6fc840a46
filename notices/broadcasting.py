"""Telling many members of one thing: noted in the transaction in which it happened, written by the worker, some at a time."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import Member, Organisation
from notices import services
from notices.models import Broadcast
from notices.writing.letter import Letter

BROADCAST = "broadcast"
AT_ONCE = 200
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
    Broadcast.objects.create(kind=kind, about=about, noted_at=at)
    work.add(organisation_id, BROADCAST)


def broadcast_all(*, organisation_id: int) -> bool:
    """Write to every member about each thing of which they were not told yet; must run in no transaction."""
    organisation = Organisation.objects.get(pk=organisation_id)
    with tenant(organisation_id):
        waiting = list(Broadcast.objects.filter(told_at=None).order_by("pk"))
    for one in waiting:
        last: int | None = 0
        while last is not None:
            last = _write_some(organisation, one, last)
        with tenant(organisation_id):
            Broadcast.objects.filter(pk=one.pk).update(told_at=timezone.now())
    return True


def _write_some(organisation: Organisation, one: Broadcast, after: int) -> int | None:
    """Write to the members that follow one by their ids; return the last of them, or None when there are no more.

    Whoever was written to before a worker was killed is not written to again: each mail is there once.
    """
    with tenant(organisation.pk):
        present = Member.objects.filter(left_on=None, pk__gt=after).select_related("user").order_by("pk")
        members = list(present[:AT_ONCE])
        for member, letter in _writers[one.kind](organisation, one, members):
            services.write_to_member(
                organisation=organisation,
                member=member,
                about=f"{one.kind}:{one.pk}:{member.pk}",
                letter=letter,
                at=one.noted_at,
            )
    return members[-1].pk if members else None
