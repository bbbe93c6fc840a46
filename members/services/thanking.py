"""Thanking another member, where the others can read it."""

from datetime import datetime

from django.db import transaction

from members.models import Member, Thanks
from members.signals import member_thanked, thanks_taken_away


class OneselfError(Exception):
    """Nobody thanks themselves."""


class NotTheirsError(Exception):
    """Only who wrote it, who it was written to, or an administrator takes a word of thanks away."""


@transaction.atomic
def thank(*, to: Member, text: str, by: Member, at: datetime) -> Thanks:
    """Thank another member. OneselfError."""
    if to.pk == by.pk:
        raise OneselfError
    made = Thanks.objects.create(by=by, to=to, text=text, said_at=at)
    member_thanked.send(Thanks, thanks=made, at=at)
    return made


@transaction.atomic
def take_away(*, thanks: Thanks, by: Member) -> None:
    """Take a word of thanks away. NotTheirsError."""
    if by.pk not in (thanks.by_id, thanks.to_id) and not by.is_administrator:
        raise NotTheirsError
    thanks_taken_away.send(Thanks, thanks=thanks)
    Thanks.objects.filter(pk=thanks.pk).delete()
