"""What finance works on, the oldest first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from kernel.money import SAVED, ZERO
from members.models import Member, Organisation
from payouts.models import Adjustment, Document, Entitlement, Payable
from payouts.selectors.parts import to_pay
from payouts.selectors.payees import Look, Outgoing, looks, merged
from payouts.states import PayableState
from programmes.engine.assess import assess
from programmes.engine.verdict import Reason
from referrals.models import Case
from referrals.selectors.joined import introducers_of
from referrals.selectors.timelines import timelines


@dataclass(frozen=True)
class Due:
    """A due entitlement with the days left until the promised date; negative when the promise is broken."""

    entitlement: Entitlement
    amount: Decimal
    introducers: list[Member]
    look: Look
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


def to_propose() -> QuerySet[Entitlement]:
    """Entitlements due in money to introducers of whom one, at least, has not been proposed yet."""
    live = Payable.objects.filter(entitlement=OuterRef(OuterRef("pk")), member=OuterRef("introducer"))
    sharing = Case.objects.filter(Q(pk=OuterRef("case")) | Q(shares_with=OuterRef("case")))
    waiting = Exists(sharing.exclude(Exists(live.exclude(state=PayableState.SENT_BACK))))
    moving = Payable.objects.filter(entitlement=OuterRef("pk")).exclude(state=PayableState.SENT_BACK)
    on_its_way = moving.order_by().values("entitlement").annotate(sum=Sum("amount")).values("sum")
    more = Q(amount__gt=0, released__gt=Coalesce(Subquery(on_its_way), ZERO))
    more |= Q(amount__lt=0, released__lt=Coalesce(Subquery(on_its_way), ZERO))
    own = Exists(Payable.objects.filter(entitlement=OuterRef("pk")).exclude(state=PayableState.SENT_BACK))
    wanted = Q(waiting, owed_by="organisation", member=None) | Q(more, owed_by="performer")
    wanted |= Q(~own, member__isnull=False)
    found = owed_in_money().filter(wanted, case__shares_with=None, case__for_organisation=False)
    related = found.select_related(
        "case__introducer", "case__candidate", "case__client", "version__programme", "member", "revenue"
    )
    return related.order_by("pay_by", "pk")


def owed_in_money() -> QuerySet[Entitlement]:
    """Entitlements that the organisation has to pay to introducers in money, now, or pays on as performers pay."""
    due = Entitlement.objects.filter(state="due", party="introducer")
    return due.exclude(amount=0).exclude(unit__in=SAVED)


def due(entitlements: QuerySet[Entitlement], organisation: Organisation, now: datetime) -> list[Due]:
    """Return entitlements with whom they go to, what to look at, and the days left until each promised date."""
    found = list(entitlements)
    shares, today = to_pay(found), timezone.localdate(now)
    by_case = introducers_of(one.case_id for one in found if one.member_id is None)
    sharing = {one.pk: [one.member] if one.member else by_case[one.case_id] for one in found}
    payments = [
        Outgoing(member.pk, one.case_id, shares[one.pk, member.pk]) for one in found for member in sharing[one.pk]
    ]
    seen = dict(zip(payments, looks(payments, organisation, now), strict=True))
    rows = []
    for one in found:
        assert one.pay_by is not None
        members = sharing[one.pk]
        own = [seen[Outgoing(member.pk, one.case_id, shares[one.pk, member.pk])] for member in members]
        amount = sum((shares[one.pk, member.pk] for member in members), ZERO)
        rows.append(Due(one, amount, members, merged(own), (one.pay_by - today).days))
    return rows


@dataclass(frozen=True)
class Moving:
    """An amount on its way, with what to look at, and the document or payroll line that it goes with."""

    payable: Payable
    look: Look

    @property
    def document(self) -> Document | None:
        return self.payable.line.document if self.payable.line else None

    @property
    def is_ready(self) -> bool:
        """Whether it can be paid by hand: its document stands uncontested."""
        return bool(self.document and not self.is_contested)

    @property
    def is_contested(self) -> bool:
        """Whether the member contests its document."""
        return self.document is not None and any(one.is_open_contest for one in self.document.answers.all())


def moving(amounts: QuerySet[Payable], organisation: Organisation, now: datetime) -> list[Moving]:
    """Return amounts on their way with what to look at: a fixed number of queries."""
    found = list(amounts.prefetch_related("lines__document__answers", "payroll_lines"))
    outgoing = [Outgoing(one.member_id, one.entitlement.case_id, one.amount) for one in found]
    return [Moving(*pair) for pair in zip(found, looks(outgoing, organisation, now), strict=True)]


def payables(*states: PayableState) -> QuerySet[Payable]:
    """Amounts in these states, the oldest first, with what a list shows."""
    found = Payable.objects.filter(state__in=states)
    related = found.select_related(
        "member",
        "proposed_by",
        "approved_by",
        "entitlement__case__candidate",
        "entitlement__version__programme",
        "entitlement__revenue",
    )
    return related.order_by("pay_by", "pk")


def adjustments() -> QuerySet[Adjustment]:
    """Differences that wait for a decision."""
    return Adjustment.objects.filter(settled_at=None).select_related(
        "payable__member", "payable__entitlement__case", "payable__entitlement__revenue", "waiver_by"
    )


def counts() -> dict[str, int]:
    """How many amounts each part of finance's page is about, in full."""
    states = {"proposed": PayableState.PROPOSED, "approved": PayableState.APPROVED}
    found = {name: payables(state).count() for name, state in states.items()}
    return found | {"due": to_propose().count(), "adjustments": adjustments().count()}


def parts_of(entitlement: Entitlement) -> list[Entitlement]:
    """Return what each party has of a month's remittance, the most first; nothing for what no performer owes."""
    if entitlement.owed_by != "performer":
        return []
    wanted = {
        name: getattr(entitlement, name) for name in ("case_id", "version_id", "reward", "placement", "revenue_id")
    }
    return list(Entitlement.objects.filter(state="due", **wanted).order_by("-amount", "pk"))


def reasons(entitlement: Entitlement) -> list[Reason]:
    """Why an entitlement is due: its case assessed on the day it fell due."""
    case_id, due_on = entitlement.case_id, entitlement.due_on
    assert due_on is not None
    found = assess(entitlement.version.rule_set, timelines([case_id])[case_id], due_on).entitlements
    wanted = entitlement.reward, entitlement.placement, entitlement.party, entitlement.revenue_id
    same = (one for one in found if (one.reward, one.placement, one.to, one.revenue) == wanted)
    return [reason for one in same if entitlement.instalment in (0, one.instalment) for reason in one.because]
