"""Assignments under a share of turnover, as performers, introducers and finance see them: month by month, towards the cap."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from kernel.money import ZERO
from members.models import Member
from payouts.models import Document, Entitlement, Line
from payouts.selectors import remittances
from payouts.selectors.remittances import NOTHING_PAID
from referrals.models import Opportunity, Placement, Turnover
from referrals.selectors.assignments import levels_of, shares_of
from referrals.selectors.timelines import live_facts

TO_OTHERS = ("introducer", "organisation", "pot")


@dataclass
class Month:
    """A month of an assignment: its turnover, None while nobody said it; what is remitted of it, and on which documents."""

    first: date
    turnover: Decimal | None = None
    owed: Decimal = ZERO
    paid: Decimal = ZERO
    documents: list[Document] = field(default_factory=list)


@dataclass
class Assignment:
    """An assignment that a member landed by an opportunity, with what it remits so far; shared, if a team shares one cap."""

    opportunity: Opportunity
    placement: Placement
    since: date
    over_on: date | None
    level: str
    levels: dict[str, Decimal]
    cap: Decimal | None
    currency: str
    rate: Decimal
    is_shared_cap: bool
    months: list[Month]
    parties: dict[str, Decimal]
    released: dict[str, Decimal]
    towards_cap: Decimal

    @property
    def turnover(self) -> Decimal:
        return sum((one.turnover or ZERO for one in self.months), ZERO)

    @property
    def owed(self) -> Decimal:
        return sum(self.parties.values(), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((one.paid for one in self.months), ZERO)

    @property
    def left(self) -> Decimal | None:
        """What can still be remitted until the cap; None while no level was declared."""
        return None if self.cap is None else max(self.cap - self.towards_cap, ZERO)

    @property
    def per_cent(self) -> int:
        """How far it is towards the cap, 0 to 100."""
        return int(min(self.towards_cap * 100 / self.cap, Decimal(100))) if self.cap else 0

    @property
    def missing(self) -> list[Month]:
        """Months that are over, or running, of which nobody said the turnover."""
        return [one for one in self.months if one.turnover is None]


def assignments(placements: Iterable[Placement], today: date) -> list[Assignment]:
    """Return what members landed, in a fixed number of queries for each; the newest first."""
    found = [_assignment(one, today) for one in placements]
    return sorted((one for one in found if one), key=lambda one: (one.since, one.placement.pk), reverse=True)


def of_performer(member: Member, today: date) -> list[Assignment]:
    """Return what a member landed."""
    own = Placement.objects.filter(performer=member).select_related("case", "performer", "client")
    return assignments(own, today)


def of_opportunity(opportunity: Opportunity, today: date) -> list[Assignment]:
    """Return what became of an opportunity: an assignment of each performer."""
    found = Placement.objects.filter(case=opportunity.case_id, performer__isnull=False)
    return assignments(found.select_related("case", "performer__user", "client"), today)


def may_see(member: Member, opportunity: Opportunity) -> Q:
    """Return whose assignments of an opportunity a member may see: their own; all, who shared it, or has to do with its money."""
    if opportunity.case.introducer_id == member.pk or member.is_finance or member.is_administrator:
        return Q()
    return Q(performer=member)


def _assignment(placement: Placement, today: date) -> Assignment | None:
    facts = list(live_facts([placement.case_id]).filter(Q(placement=placement.key) | Q(kind="contribution_declared")))
    won = next((one.on for one in facts if one.kind == "won"), None)
    if won is None:
        return None
    over_on = next((one.on for one in facts if one.kind == "left"), None)
    declared = next((one.values["level"] for one in facts if one.kind == "contribution_declared"), "")
    case, rules = placement.case, _rules(placement)
    levels, single, rate, currency, per = rules
    whole = Entitlement.objects.filter(case=case, owed_by="performer", state="due")
    own = list(whole.filter(placement=placement.key).values_list("party", "amount", "released", "revenue"))
    of_cap = whole if per == "case" else whole.filter(placement=placement.key)
    parties = {party: sum((a or ZERO for p, a, _, _ in own if p == party), ZERO) for party in TO_OTHERS}
    released = {party: sum((r or ZERO for p, _, r, _ in own if p == party), ZERO) for party in TO_OTHERS}
    owed: dict[int, Decimal] = defaultdict(Decimal)
    for _, amount, _, revenue in own:
        owed[revenue or 0] += amount or ZERO
    return Assignment(
        opportunity=Opportunity.objects.select_related("case__introducer", "case__client").get(case=case),
        placement=placement,
        since=won,
        over_on=over_on,
        level=declared,
        levels=levels,
        cap=levels.get(declared) if levels else single,
        currency=currency,
        rate=rate,
        is_shared_cap=per == "case",
        months=_months(placement, won, over_on, owed, today),
        parties=parties,
        released=released,
        towards_cap=sum((amount or ZERO for amount in of_cap.values_list("amount", flat=True)), ZERO),
    )


def _rules(placement: Placement) -> tuple[dict[str, Decimal], Decimal | None, Decimal, str, str]:
    """Return what the case's rules say of its share: caps by level, or one cap; rate, currency, and per what the cap counts."""
    levels = levels_of(placement.case)
    for rules, share in shares_of(placement.case):
        return levels, share.cap.amount, share.rate, rules.currency, share.cap.per
    return levels, None, ZERO, "EUR", "case"


def _months(
    placement: Placement, since: date, over_on: date | None, owed: dict[int, Decimal], today: date
) -> list[Month]:
    found: dict[date, Month] = {}
    said = list(Turnover.objects.filter(placement=placement, fact__retractions=None))
    paid = remittances.paid(one.fact_id for one in said)
    documents = _documents([one.fact_id for one in said])
    for one in said:
        month = found.setdefault(one.month, Month(one.month))
        month.turnover = (month.turnover or ZERO) + one.amount
        month.owed += owed.get(one.fact_id, ZERO)
        month.paid += paid.get(one.fact_id, NOTHING_PAID).paid
        month.documents += [document for document in documents[one.fact_id] if document not in month.documents]
    first, last = since.replace(day=1), min(over_on or today, today)
    while first <= last:
        found.setdefault(first, Month(first))
        first = (first + timedelta(32)).replace(day=1)
    return sorted(found.values(), key=lambda one: one.first, reverse=True)


def _documents(revenues: list[int]) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = defaultdict(list)
    for line in Line.objects.filter(charge__revenue__in=revenues).select_related("document", "charge").order_by("pk"):
        assert line.charge is not None
        found[line.charge.revenue_id or 0].append(line.document)
    return found
