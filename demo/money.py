"""Money under way at the agency: invoices to look at, a batch that waits, a statement of the bank, a charge."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from demo.building import at
from members.models import Member, Organisation
from payouts.models import Document, Payable
from payouts.selectors import payables
from payouts.sepa import calendar
from payouts.services import answering, assessing, batching, charging, issuing, paying, settling

NETWORK_DAY = "Netwerkdag 2026, deelname"


def tell(organisation: Organisation, people: dict[str, Member], today: date) -> None:
    """Tell of the last weeks: what was approved, invoiced, contested, paid by the bank, and charged."""
    greet, bart, lotte = people["greet"], people["bart"], people["lotte"]
    assessing.assess_due(organisation_id=organisation.pk, at=at(today))
    recent = payables.to_propose().filter(due_on__lt=today - timedelta(9)).order_by("due_on", "pk")
    approved = _approve([one.pk for one in recent], greet, bart, today - timedelta(9))
    issuing.issue_all(organisation=organisation, at=at(today - timedelta(9), 12))
    others = [one for one in approved if one.member_id != lotte.pk]
    _pay_some(organisation, others[:1], greet, bart, today - timedelta(6))
    unpaid = Document.objects.filter(member=lotte, kind="invoice").exclude(payment_parts__stands=True)
    mine = unpaid.filter(issued_on__gt=today - timedelta(14)).order_by("-pk").first()
    if mine:
        because = "Mijn vennootschap heet sinds september Claes & Dochter BV."
        answering.contest(document=mine, because=because, by=lotte, at=at(today - timedelta(3), 10))
    _charge(organisation, [lotte, *(one.member for one in approved[2:4])], today - timedelta(5))
    day = calendar.next_settlement(today)
    batching.propose(organisation=organisation, until=None, execute_on=day, by=greet, at=timezone.now())


def _approve(entitlements: list[int], maker: Member, checker: Member, on: date) -> list[Payable]:
    made = paying.propose(entitlements=entitlements, by=maker, at=at(on))
    paying.approve(payables=[one.pk for one in made], on=on, by=checker, at=at(on, 11))
    return made


def _pay_some(organisation: Organisation, some: list[Payable], maker: Member, checker: Member, on: date) -> None:
    """Pay by a batch that the bank executed."""
    day = calendar.next_settlement(on)
    batch = batching.propose(organisation=organisation, until=None, execute_on=day, by=maker, at=at(on))
    kept = {one.member_id for one in some}
    for payment in batch.payments.exclude(member__in=kept):
        batching.leave_out(payment=payment)
    batch.refresh_from_db()
    if batch.state == batch.State.PROPOSED:
        batching.approve(batch=batch, by=checker, at=at(on, 14))
        settling.settle(
            payments=list(batch.payments.filter(state="planned").values_list("pk", flat=True)),
            on=day,
            by=checker,
            at=at(day, 9),
        )


def _charge(organisation: Organisation, members: list[Member], on: date) -> None:
    for member in dict.fromkeys(members):
        fields = {
            "member": member,
            "kind": "other",
            "description": NETWORK_DAY,
            "amount": Decimal("45.00"),
            "supplied_on": on,
        }
        charging.charge(organisation=organisation, fields=fields, by=None, at=at(on))
    issuing.issue_all(organisation=organisation, at=at(on, 12))
