"""Work is a row; a task is only a hint to look at it.

`add` notes, in the business transaction, that an organisation has work of a kind from a moment on, and hints at it after
the commit. The worker reads the notes that are due, has the kind's handler do what it finds in the organisation's own
tables, and only then removes the notes it read, unless some of the work was held by somebody else: whatever is lost on
the way is swept up from the notes that are left.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from kernel.models import Work

log = logging.getLogger(__name__)

Handler = Callable[[int], bool]
"""Does an organisation's work of a kind; says whether all of it is done, or some was held by somebody else."""

_handlers: dict[str, Handler] = {}
_nightly: list[str] = []


def handles(kind: str, *, nightly: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does an organisation's work of a kind; called with its id, in no transaction.

    Nightly work is noted for every organisation once a night, without anything having happened.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        if nightly:
            _nightly.append(kind)
        return handler

    return register


def note_nightly() -> None:
    """Note the nightly work of every organisation."""
    for organisation_id in apps.get_model("members", "Organisation")._default_manager.values_list("pk", flat=True):
        for kind in _nightly:
            add(organisation_id, kind)


def add(organisation_id: int, kind: str, due_at: datetime | None = None) -> None:
    """Note work that is due now or later; a request never fails because the broker does."""
    # The transaction's own moment: however often a transaction adds the same work, it is one note and one hint.
    note = Work(organisation_id=organisation_id, kind=kind, due_at=due_at or Now())
    Work.objects.bulk_create([note], ignore_conflicts=True)
    if due_at is None:
        hint = _Hint(organisation_id, kind)
        if hint not in [waiting[1] for waiting in connection.run_on_commit]:
            transaction.on_commit(hint, robust=True)


def sweep() -> None:
    """Run every kind of work that is due in any organisation."""
    due = Work.objects.filter(due_at__lte=timezone.now()).values_list("organisation_id", "kind").distinct()
    for organisation_id, kind in list(due):
        try:
            run(organisation_id, kind)
        except Exception:  # one organisation's trouble is no other's: its notes stay, and are tried again
            log.exception("work %s of organisation %s failed", kind, organisation_id)


def run(organisation_id: int, kind: str) -> None:
    """Run one organisation's work of a kind, then remove the notes that were there before, unless some of it is left."""
    notes = Work.objects.filter(organisation_id=organisation_id, kind=kind, due_at__lte=timezone.now())
    read = list(notes.values_list("pk", flat=True))
    if not read:
        return
    if _handlers[kind](organisation_id):
        Work.objects.filter(pk__in=read).delete()


@dataclass(frozen=True)
class _Hint:
    """Sends a worker to look, once the transaction is committed."""

    organisation_id: int
    kind: str

    def __call__(self) -> None:
        from kernel.tasks import run as task

        try:
            task.apply_async((self.organisation_id, self.kind), retry=False, expires=60)
        except Exception as error:  # whatever the broker's client raises: the sweep does it later
            log.warning("no hint could be sent: %s", type(error).__name__)
