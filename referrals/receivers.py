"""What happens below becomes facts."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from members.models import Application, Member
from members.signals import member_admitted, member_left
from referrals.models import Case, Joining
from referrals.selectors.joined import introducers_of
from referrals.services import activities, opportunities
from referrals.services.facts import NewFact, record


@receiver(member_admitted)
def begin_for_who_brought_them_in(
    sender: type[Member], member: Member, application: Application, at: datetime, **_: Any
) -> None:
    """Begin the case that brings coins to who brought somebody in."""
    activities.begin_joining(member=member, brought_by=application.brought_by, at=at)


@receiver(member_left)
def give_up_who_left_before_paying(sender: type[Member], member: Member, at: datetime, **_: Any) -> None:
    """Close the case of a new member who left before their registration fee was paid."""
    today = timezone.localdate(at)
    for one in Joining.objects.filter(member=member, case__is_over=False).select_related("case"):
        record(case=one.case, facts=[NewFact("closed", today)], at=at)


@receiver(member_left)
def hand_over_their_opportunities(
    sender: type[Member], member: Member, by: Member | None, at: datetime, **_: Any
) -> None:
    """Give what the member shared, and waits for somebody, to an administrator; what they wanted themselves is others'."""
    opportunities.let_go(leaver=member, at=at)
    opportunities.hand_over(leaver=member, by=by or member.leaves_by, at=at)


@receiver(member_left)
def say_that_the_introducer_left(
    sender: type[Member], member: Member, on: date, by: Member | None, at: datetime, **_: Any
) -> None:
    """Record it in the cases that the member brought in and that still run: what becomes of them, the rules say.

    Of joined cases it is recorded when the last of those who share has left: until then somebody is still there.
    """
    own = Case.objects.filter(introducer=member, is_over=False).values_list("shares_with", "pk")
    sharing = introducers_of(leading or pk for leading, pk in own)
    gone = [pk for pk, members in sharing.items() if all(one.left_on or one.pk == member.pk for one in members)]
    for case in Case.objects.filter(pk__in=gone).order_by("pk"):
        record(case=case, facts=[NewFact("introducer_left", on)], at=at, by=by)
