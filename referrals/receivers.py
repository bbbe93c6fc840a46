"""What happens below becomes facts."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from members.models import Member
from members.signals import member_left
from referrals.models import Case
from referrals.services.facts import NewFact, record


@receiver(member_left)
def say_that_the_introducer_left(
    sender: type[Member], member: Member, on: date, by: Member, at: datetime, **_: Any
) -> None:
    """Record it in every case that the member brought in: what becomes of it, the rules say."""
    for case in Case.objects.filter(introducer=member).order_by("pk"):
        record(case=case, facts=[NewFact("introducer_left", on)], at=at, by=by)
