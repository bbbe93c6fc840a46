"""What happened is noted for the systems that want to be told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from members.models import Meeting, Member
from members.signals import meeting_planned, member_admitted
from notices.webhooks import saying
from notices.webhooks.events import Event
from notices.webhooks.services import tell
from payouts.models import Entitlement, Payable
from payouts.signals import fell_due, payable_changed, payables_paid
from payouts.states import PayableState
from referrals.models import Case, Fact, Opportunity
from referrals.signals import case_submitted, facts_recorded, opportunity_shared

OF_STATE = {PayableState.APPROVED: Event.PAYOUT_APPROVED, PayableState.PAID: Event.PAYOUT_PAID}


@receiver(case_submitted)
def tell_of_a_case(sender: Any, case: Case, **_: Any) -> None:
    """A case was made."""
    tell(event=Event.CASE_SUBMITTED, data=_cases([case.pk]), at=case.submitted_at)


@receiver(opportunity_shared)
def tell_of_an_opportunity(sender: Any, opportunity: Opportunity, at: datetime, **_: Any) -> None:
    """An opportunity was shared with the whole network; what is for a few chosen ones is told to no other system."""
    if opportunity.visibility == Opportunity.Visibility.CHOSEN:
        return
    said = partial(saying.of_opportunity, opportunity.organisation, opportunity)
    tell(event=Event.OPPORTUNITY_SHARED, data=_cases([opportunity.case_id]), at=at, said=said)


@receiver(member_admitted)
def tell_of_a_member(sender: Any, member: Member, at: datetime, **_: Any) -> None:
    """Somebody who was admitted joined."""
    said = partial(saying.of_member, member.organisation, member)
    tell(event=Event.MEMBER_JOINED, data=[{"member": member.pk}], at=at, said=said)


@receiver(meeting_planned)
def tell_of_a_meeting(sender: Any, meeting: Meeting, at: datetime, **_: Any) -> None:
    """A meeting is planned."""
    said = partial(saying.of_meeting, meeting.organisation, meeting)
    data = [{"meeting": meeting.pk, "starts_at": meeting.starts_at.isoformat()}]
    tell(event=Event.MEETING_PLANNED, data=data, at=at, said=said)


@receiver(facts_recorded)
def tell_of_facts(sender: Any, cases: list[Case], facts: list[Fact], **_: Any) -> None:
    """Something happened in cases, or was taken back: each is said once, with the kinds of what is new in it."""
    new: dict[int, list[str]] = {case.pk: [] for case in cases}
    for fact in facts:
        new[fact.case_id].append(fact.kind)
    tell(event=Event.CASE_CHANGED, data=_cases(new, new), at=facts[0].recorded_at if facts else timezone.now())


@receiver(fell_due)
def tell_of_what_fell_due(sender: Any, entitlements: list[int], at: datetime, **_: Any) -> None:
    """Amounts fell due."""
    tell(event=Event.ENTITLEMENT_DUE, data=_entitlements(entitlements), at=at)


@receiver(payables_paid)
def tell_of_payments(sender: Any, payables: list[int], at: datetime, **_: Any) -> None:
    """Amounts were paid."""
    tell(event=Event.PAYOUT_PAID, data=_payouts(payables), at=at)


@receiver(payable_changed)
def tell_of_a_payout(sender: Any, payable: Payable, at: datetime, **_: Any) -> None:
    """An amount was approved or paid."""
    event = OF_STATE.get(PayableState(payable.state))
    if event:
        tell(event=event, data=_payouts([payable.pk]), at=at)


def _cases(pks: Iterable[int], facts: Mapping[int, list[str]] | None = None) -> Iterator[dict[str, Any]]:
    """Say where cases stand; looked up only when somebody wants to know."""
    for case in Case.objects.filter(pk__in=list(pks)).order_by("pk"):
        said = {"case": case.reference, "kind": case.kind, "stage": case.stage}
        yield said if facts is None else said | {"facts": facts[case.pk]}


def _entitlements(pks: Iterable[int]) -> Iterator[dict[str, Any]]:
    for one in Entitlement.objects.filter(pk__in=list(pks)).select_related("case").order_by("pk"):
        yield {
            "entitlement": one.pk,
            "case": one.case.reference,
            "party": one.party,
            "amount": str(one.amount),
            "unit": one.unit,
            "due_on": str(one.due_on),
        }


def _payouts(pks: Iterable[int]) -> Iterator[dict[str, Any]]:
    for one in Payable.objects.filter(pk__in=list(pks)).select_related("entitlement__case").order_by("pk"):
        yield {
            "payout": one.pk,
            "entitlement": one.entitlement_id,
            "case": one.entitlement.case.reference,
            "amount": str(one.amount),
            "currency": one.currency,
        }
