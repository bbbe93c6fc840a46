"""Assignments under a share of turnover, as performers, introducers and finance see them: month by month, towards the cap."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.money import ZERO, rounded
from kernel.periods import last_day_of
from members.models import Member
from payouts import pacing
from payouts.models import Document, Entitlement, Line
from payouts.pacing import Coming
from payouts.selectors import remittances
from payouts.selectors.remittances import NOTHING_PAID, Paid
from payouts.towards import Part, Towards
from referrals.models import Fact, Opportunity, Placement, Turnover
from referrals.selectors.assignments import Share, declared_in, declares, levels_of, shares_of
from referrals.selectors.opportunities import shares
from referrals.selectors.timelines import live_facts

Row = TypeVar("Row")
CORRECTED_FOR = 12
"""Months whose turnover a page still asks for again."""
TO_OTHERS = ("introducer", "organisation", "pot")


@dataclass
class Month:
    """A month of an assignment: its turnover, None while nobody said it; what is remitted of it, and on which documents."""

    first: date
    turnover: Decimal | None = None
    owed: Decimal = ZERO
    paid: Decimal = ZERO
    documents: list[Document] = field(default_factory=list)

    @property
    def month_key(self) -> str:
        """How a form names it: 2026-11-01."""
        return self.first.isoformat()


@dataclass
class Assignment:
    """An assignment that a member landed by an opportunity, with what it remits so far.

    Where a team shares one cap, `towards` is of all of it, and `together` says by name what each of the team remits under it.
    """

    opportunity: Opportunity
    placement: Placement
    since: date
    over_on: date | None
    level: str
    declared_by: Member | None
    levels: dict[str, Decimal]
    currency: str
    towards: Towards
    is_shared_cap: bool
    together: list[tuple[str, Decimal]]
    months: list[Month]
    parties: dict[str, Decimal]
    released: dict[str, Decimal]
    today: date

    @property
    def monthly(self) -> Decimal:
        """What is remitted of a month at the pace of the last ones, while the cap is not reached."""
        said = [one.turnover for one in self.months if one.turnover is not None]
        return rounded(pacing.pace(said) * self.towards.rate / 100)

    @property
    def next_month(self) -> date:
        """The first month after the last of which the turnover was said."""
        said = [one.first for one in self.months if one.turnover is not None]
        return pacing.A_MONTH.after(max(said)) if said else self.since.replace(day=1)

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
    def cap(self) -> Decimal | None:
        """What is remitted at most; None while no level was declared."""
        return self.towards.cap

    @property
    def left(self) -> Decimal | None:
        """What can still be remitted until the cap; None while no level was declared."""
        return self.towards.left

    @property
    def per_cent(self) -> int:
        """How far it is towards the cap, 0 to 100."""
        return int(min(self.towards.owed * 100 / self.cap, Decimal(100))) if self.cap else 0

    @property
    def can_declare(self) -> bool:
        """Whether who works there declares the contribution, or changes what they declared: not what another of a team did."""
        return bool(self.levels) and self.declared_by in (None, self.placement.performer)

    @property
    def is_undeclared(self) -> bool:
        """Whether nobody declared the contribution yet: nothing of its turnover is remitted before."""
        return bool(self.levels) and not self.level

    @property
    def is_running(self) -> bool:
        """Whether something can still be remitted of it: below the cap it goes on, or of what was there not all was said."""
        unsaid = bool(self.missing) or (self.is_undeclared and bool(self.turnover))
        return bool(self.towards.parts) and self.left != 0 and (self.over_on is None or unsaid)

    @property
    def missing(self) -> list[Month]:
        """Months that are over, or running, of which nobody said the turnover; none any more once the cap is reached."""
        return [one for one in self.months if one.turnover is None and self.left != 0]

    @property
    def overdue(self) -> list[Month]:
        """Those of the months that are missing which are over."""
        return [one for one in self.missing if last_day_of(one.first) < self.today]

    @property
    def sayable(self) -> list[Month]:
        """Months of which the turnover can be said, however long ago; or said again, for a year."""
        missing, lately = self.missing, self.months[:CORRECTED_FOR]
        return [one for one in self.months if one in missing or (one.turnover is not None and one in lately)]


def assignments(placements: Iterable[Placement], today: date) -> list[Assignment]:
    """Return what members landed, the newest first: a fixed number of queries, however many."""
    chosen = list(placements)
    known = _known(chosen)
    found = [one for placement in chosen if (one := _assignment(placement, known, today))]
    return sorted(found, key=lambda one: (one.since, one.placement.pk), reverse=True)


def of_performer(member: Member, today: date) -> list[Assignment]:
    """Return what a member landed."""
    own = Placement.objects.filter(performer=member).select_related("case", "performer", "client")
    return assignments(own, today)


def of_everyone() -> QuerySet[Placement]:
    """Everything that members landed, the newest first."""
    won = Fact.objects.filter(case=OuterRef("case"), placement=OuterRef("key"), kind="won", retractions=None)
    landed = Placement.objects.filter(Exists(won), case__kind="opportunity", performer__isnull=False)
    return landed.select_related("case", "performer", "client").order_by("-pk")


def earns_by(member: Member, opportunity: Opportunity) -> bool:
    """Whether what is said of an opportunity's turnover moves a member's own money: they share it, or work there."""
    own = Placement.objects.filter(case=opportunity.case_id, performer=member)
    return shares(member, opportunity) or own.exists()


def may_see(member: Member, opportunity: Opportunity) -> Q:
    """Return whose assignments of an opportunity a member may see: their own; all, who shares it, or has to do with its money."""
    has_to_do_with_it = (member.is_finance or member.is_administrator) and not member.is_gone
    if shares(member, opportunity) or has_to_do_with_it:
        return Q()
    return Q(performer=member)


def is_reckoned_anew(opportunity: Opportunity, today: date) -> bool:
    """Whether something was said of which the worker reckons just now what follows."""
    check_on = opportunity.case.next_check_on
    return check_on is not None and check_on <= today


def coming(found: Iterable[Assignment]) -> dict[int, list[Coming]]:
    """Return what assignments go on to remit, by the placement's id; those of a team share what is left of their cap."""
    of_case: dict[int, list[Assignment]] = defaultdict(list)
    for one in found:
        of_case[one.placement.case_id if one.is_shared_cap else -one.placement.pk].append(one)
    return {pk: months for group in of_case.values() for pk, months in _coming_of(group)}


def _coming_of(group: list[Assignment]) -> Iterator[tuple[int, list[Coming]]]:
    """Yield what each of a group goes on to remit: of what is left under one cap, each in the part of their pace."""
    together = sum((one.monthly for one in group), ZERO)
    for one in group:
        left = one.left if one.left is None or not together else rounded(one.left * one.monthly / together)
        yield one.placement.pk, pacing.coming(one.monthly, left, one.next_month, one.over_on)


@dataclass(frozen=True)
class _Known:
    """What is known of the cases of some placements, by the case's id; documents and payments by the fact of a turnover."""

    opportunities: Mapping[int, Opportunity]
    facts: Mapping[int, list[Fact]]
    shares: Mapping[int, list[Share]]
    teams: Mapping[int, list[Placement]]
    entitlements: Mapping[int, list[Entitlement]]
    turnover: Mapping[int, list[Turnover]]
    paid: Mapping[int, Paid]
    documents: Mapping[int, list[Document]]


def _known(placements: list[Placement]) -> _Known:
    cases = {one.case_id for one in placements}
    told = live_facts(cases).filter(kind__in=("won", "left", "contribution_declared")).select_related("recorded_by")
    owed = Entitlement.objects.filter(case__in=cases, owed_by="performer", state="due")
    said = list(Turnover.objects.filter(placement__in=placements, fact__retractions=None).order_by("pk"))
    revenues = [one.fact_id for one in said]
    opportunities = Opportunity.objects.filter(case__in=cases).select_related("case__introducer", "case__client")
    return _Known(
        opportunities={one.case_id: one for one in opportunities},
        facts=_grouped(told, attrgetter("case_id")),
        shares=shares_of(cases),
        teams=_grouped(
            Placement.objects.filter(case__in=cases, performer__isnull=False)
            .select_related("performer")
            .order_by("pk"),
            attrgetter("case_id"),
        ),
        entitlements=_grouped(owed, attrgetter("case_id")),
        turnover=_grouped(said, attrgetter("placement_id")),
        paid=remittances.paid(revenues),
        documents=_documents(revenues),
    )


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _assignment(placement: Placement, known: _Known, today: date) -> Assignment | None:
    facts = known.facts.get(placement.case_id, [])
    own_facts = [one for one in facts if one.placement == placement.key]
    won = next((one.on for one in own_facts if one.kind == "won"), None)
    if won is None:
        return None
    over_on = next((one.on for one in own_facts if one.kind == "left"), None)
    declared = declared_in(facts)
    level = str(declared.values["level"]) if declared else ""
    shares = known.shares.get(placement.case_id, [])
    whole = known.entitlements.get(placement.case_id, [])
    own = [one for one in whole if one.placement == placement.key]
    is_shared_cap = any(one.asks.cap.per == "case" for one in shares)
    return Assignment(
        opportunity=known.opportunities[placement.case_id],
        placement=placement,
        since=won,
        over_on=over_on,
        level=level,
        declared_by=declares(facts),
        levels=levels_of(shares),
        currency=shares[0].currency if shares else "EUR",
        towards=Towards([_part(one, level, whole if one.asks.cap.per == "case" else own) for one in shares]),
        is_shared_cap=is_shared_cap,
        together=_together(placement, known, facts, shares),
        months=_months(placement, won, over_on, own, known, today),
        parties={party: _sum(one.amount for one in own if one.party == party) for party in TO_OTHERS},
        released={party: _sum(one.released for one in own if one.party == party) for party in TO_OTHERS},
        today=today,
    )


def _together(
    placement: Placement, known: _Known, facts: Iterable[Fact], shares: Iterable[Share]
) -> list[tuple[str, Decimal]]:
    """Return what each of a team remits under the caps that they share, by name; nothing where each has their own."""
    shared = {(one.version, one.reward) for one in shares if one.asks.cap.per == "case"}
    landed = {one.placement for one in facts if one.kind == "won"}
    team = [one for one in known.teams.get(placement.case_id, []) if one.key in landed and one.performer]
    if not shared or len(team) < 2:
        return []
    owed = [one for one in known.entitlements.get(placement.case_id, []) if (one.version_id, one.reward) in shared]
    return [
        (one.performer.name, _sum(each.amount for each in owed if each.placement == one.key))
        for one in team
        if one.performer
    ]


def _part(share: Share, level: str, owed: Iterable[Entitlement]) -> Part:
    of_it = (one.amount for one in owed if (one.version_id, one.reward) == (share.version, share.reward))
    return Part(share.asks.rate, share.cap(level), _sum(of_it), share.portions)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one), ZERO)


def _months(
    placement: Placement, since: date, over_on: date | None, owed: list[Entitlement], known: _Known, today: date
) -> list[Month]:
    found: dict[date, Month] = {}
    for one in known.turnover.get(placement.pk, []):
        month = found.setdefault(one.month, Month(one.month))
        month.turnover = (month.turnover or ZERO) + one.amount
        month.owed += _sum(each.amount for each in owed if each.revenue_id == one.fact_id)
        month.paid += known.paid.get(one.fact_id, NOTHING_PAID).paid
        month.documents += [one for one in known.documents.get(one.fact_id, []) if one not in month.documents]
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
