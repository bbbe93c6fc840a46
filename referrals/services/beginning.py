"""A case begins: under the versions of the programmes that it pins."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from members.models import Member
from programmes.models import Version
from referrals import references
from referrals.models import Case, Pin


class NoProgrammeError(Exception):
    """Nothing is promised for such a case: no programme for it is in force."""


def begin(*, kind: str, versions: Collection[Version], by: Member, at: datetime, **fields: Any) -> Case:
    """Begin a case of a kind, with more fields of its model, for who brought it in; NoProgrammeError without rules.

    That it was submitted, its caller records, once what it is about is there.
    """
    if not versions:
        raise NoProgrammeError
    case = Case.objects.create(
        reference=references.new(),
        kind=kind,
        introducer=by,
        submitted_at=at,
        stage_since=timezone.localdate(at),
        **fields,
    )
    Pin.objects.bulk_create(Pin(case=case, version=version) for version in versions)
    return case
