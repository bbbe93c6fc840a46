"""Assignments under a share of turnover, read for performers, introducers and finance."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.money import ZERO
from members.models import Member
from payouts.models import Document, Entitlement, Line
from payouts.selectors import remittances
from payouts.selectors.landed import Assignment, Month
from payouts.selectors.remittances import NOTHING_PAID, Paid
from payouts.towards import Part, Towards
from referrals.models import Fact, Opportunity, Placement, Turnover
from referrals.selectors.assignments import Share, declared_in, declares, levels_of, shares_of
from referrals.selectors.opportunities import shares
from referrals.selectors.timelines import live_facts

Row = TypeVar("Row")
TO_OTHERS = ("introducer", "organisation", "pot")


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
