"""Assignments that members landed by an opportunity: since when, at which level, with how much turnover."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum

from kernel.money import ZERO
from kernel.periods import last_day_of
from members.models import Member
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from referrals.models import Fact, Pin, Placement, Turnover
from referrals.selectors.timelines import live_facts


def won_on(case_ids: Collection[int]) -> dict[tuple[int, str], date]:
    """Return since when the placements of cases, by case and key, are somebody's."""
    won = live_facts(case_ids).filter(kind="won").values_list("case_id", "placement", "on")
    return {(case_id, placement): on for case_id, placement, on in reversed(list(won))}


def turnover_of(placements: Collection[int]) -> dict[tuple[int, date], Decimal]:
    """Return what was said of each month of placements, by their ids, of what was not retracted."""
    said = Turnover.objects.filter(placement__in=placements, fact__retractions=None)
    sums = said.values_list("placement", "month").annotate(sum=Sum("amount"))
    return {(placement, month): amount for placement, month, amount in sums}


def missing(month: date) -> QuerySet[Placement]:
    """Return the assignments that ran in a month and of which nobody said its turnover, by their performers."""
    live = Fact.objects.filter(case=OuterRef("case"), placement=OuterRef("key"), retractions=None)
    said = Turnover.objects.filter(placement=OuterRef("pk"), month=month, fact__retractions=None)
    running = Placement.objects.filter(
        Exists(live.filter(kind="won", on__lte=last_day_of(month))),
        ~Exists(live.filter(kind="left", on__lt=month)),
        ~Exists(said),
        performer__isnull=False,
    )
    return running.select_related("case", "client", "performer__user").order_by("performer", "pk")


def undeclared() -> QuerySet[Placement]:
    """Return the assignments with turnover of which nobody declared the contribution, by their performers."""
    live = Fact.objects.filter(case=OuterRef("case"), retractions=None)
    said = Turnover.objects.filter(placement=OuterRef("pk"), fact__retractions=None)
    found = Placement.objects.filter(
        Exists(live.filter(kind="won", placement=OuterRef("key"))),
        ~Exists(live.filter(kind="contribution_declared")),
        Exists(said),
        performer__isnull=False,
    )
    return found.select_related("case", "client", "performer__user").order_by("performer", "pk")


class Share(NamedTuple):
    """A share of turnover that a reward of a version asks, to whom it goes, in per cent, and in which currency."""

    version: int
    reward: str
    currency: str
    asks: ShareOfRevenue
    portions: dict[str, Decimal]

    def cap(self, level: str) -> Decimal | None:
        """Return its cap at a level of contribution; None where that level, or none yet, is not one of its own."""
        return self.asks.cap.amount if self.asks.cap.amounts is None else self.asks.cap.amounts.get(level)


def shares_of(case_ids: Collection[int]) -> dict[int, list[Share]]:
    """Return the shares of turnover under which cases run, by the case's id."""
    pins = Pin.objects.filter(case__in=case_ids).select_related("version__programme").order_by("pk")
    found: dict[int, list[Share]] = defaultdict(list)
    for pin in pins:
        rules = pin.version.rule_set
        found[pin.case_id] += [
            Share(pin.version_id, one.id, rules.currency, one.amount, dict(one.portions))
            for one in rules.rewards
            if isinstance(one.amount, ShareOfRevenue)
        ]
    return found


def declared_in(facts: Iterable[Fact]) -> Fact | None:
    """Return what stands of the contribution among a case's live facts."""
    return next((one for one in facts if one.kind == "contribution_declared"), None)


def declares(facts: Iterable[Fact]) -> Member | None:
    """Return who declared the contribution, by a case's live facts, and alone changes it.

    None before anybody did, and once they were erased or did not land it after all: then any of the team does.
    """
    known = list(facts)
    declared = declared_in(known)
    by = declared.recorded_by if declared else None
    landed_by = {str(one.values["performer"]) for one in known if one.kind == "won"}
    return by if by and by.erased_at is None and str(by.pk) in landed_by else None


def levels_of(shares: Iterable[Share]) -> dict[str, Decimal]:
    """Return what is remitted at most by the level of contribution that is declared; empty where that changes nothing."""
    known = list(shares)
    levels = dict.fromkeys(level for one in known for level in one.asks.cap.amounts or {})
    return {level: sum((one.cap(level) or ZERO for one in known), ZERO) for level in levels}
