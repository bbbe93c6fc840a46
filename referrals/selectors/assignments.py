"""Assignments that members landed by an opportunity: since when, at which level, with how much turnover."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from referrals.models import Case, Turnover
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


def levels_of(case: Case) -> dict[str, Decimal]:
    """Return the caps of a case by the level of contribution that is declared; empty where one cap is for all."""
    caps: dict[str, Decimal] = {}
    for pin in case.pins.select_related("version__programme").order_by("pk"):
        for reward in pin.version.rule_set.rewards:
            cap = getattr(reward.amount, "cap", None)
            caps |= (cap.amounts or {}) if cap else {}
    return caps
