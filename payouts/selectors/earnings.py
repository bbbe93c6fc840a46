"""What a member earned, year by year, and where each amount stands."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from members.models import Member
from payouts.models import Document, Entitlement, Payable
from payouts.selectors.parts import parts
from payouts.states import PayableState
from referrals.models import Case


@dataclass(frozen=True)
class Earning:
    """A member's part of a due entitlement, and how far it is on its way."""

    case: Case
    entitlement: Entitlement
    amount: Decimal
    payable: Payable | None

    @property
    def state(self) -> str:
        return self.payable.state if self.payable else ""


@dataclass(frozen=True)
class Year:
    """A year's earnings and their sums by unit."""

    year: int
    earnings: list[Earning]

    @property
    def sums(self) -> dict[str, Decimal]:
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.earnings:
            totals[one.entitlement.unit] += one.amount
        return dict(totals)


def years_of(member: Member) -> list[Year]:
    """Return what fell due to a member by year, the newest first, in a fixed number of queries."""
    own = {case.shares_with_id or case.pk: case for case in _cases_of(member)}
    found = Entitlement.objects.filter(case__in=own, party="introducer", state="due", owed_by="organisation")
    due = list(found.select_related("version__programme").order_by("-due_on", "-pk"))
    shares = parts(due)
    live = Payable.objects.filter(entitlement__in=due, payee=member, adjustment=None)
    payables = {one.entitlement_id: one for one in live.exclude(state=PayableState.SENT_BACK)}
    years: dict[int, list[Earning]] = defaultdict(list)
    for one in due:
        assert one.due_on is not None
        payable = payables.get(one.pk)
        amount = payable.amount if payable else shares.get((one.pk, member.pk), Decimal(0))
        years[one.due_on.year].append(Earning(own[one.case_id], one, amount, payable))
    return [Year(year, earnings) for year, earnings in years.items()]


def points_of(member: Member) -> Decimal:
    """Return the points that a member has saved."""
    leads = Case.objects.filter(Q(introducer=member)).values_list("shares_with", "pk")
    ids = {lead or pk for lead, pk in leads}
    found = Entitlement.objects.filter(case__in=ids, unit="point", state="due", party="introducer")
    shares = parts(found)
    return sum((amount for (_, payee), amount in shares.items() if payee == member.pk), Decimal(0))


def documents_of(member: Member) -> list[Document]:
    """Return the documents made out in a member's name, the newest first."""
    return list(Document.objects.filter(payee=member).order_by("-issued_at", "-pk"))


def _cases_of(member: Member) -> list[Case]:
    return list(Case.objects.filter(introducer=member).select_related("candidate", "client"))
