"""A reward that is a share of revenue: each month's turnover moves the total owed, and the difference is an instalment."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kernel.money import ZERO, apportion, rounded
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.assessment import DUE, LAPSED, STILL_OPEN, Entitlement, Standing
from programmes.engine.falling_due import first_day
from programmes.engine.rules import Reward
from programmes.engine.timeline import Fact, Timeline, first
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Reason, State, earliest


class Ceiling(NamedTuple):
    """The cap that applies: met, still to be declared (then the highest there is), or failed (no such level)."""

    state: State
    amount: Decimal
    since: date
    reasons: tuple[Reason, ...]


class Step(NamedTuple):
    """One instalment: the revenue from which it follows, what each party gets, and the sums behind it."""

    fact: Fact
    parts: list[Decimal]
    turnover: Decimal
    total: Decimal


class RevenueReward:
    """A compiled reward."""

    def __init__(self, reward: Reward, rule: ShareOfRevenue, eligible: Check, currency: str, places: int) -> None:
        self.reward, self.rule, self.eligible = reward, rule, eligible
        self.currency, self.places = currency, places
        self.portions = reward.portions
        self.declared = first("contribution_declared")

    def assess(self, timeline: Timeline, as_of: date, into: list[Entitlement]) -> date | None:
        """Append the reward's entitlements; return the next day on which they can differ by themselves."""
        ceiling = self._ceiling(timeline, as_of)
        changes: list[date | None] = []
        for number, step in enumerate(self._steps(timeline, as_of, ceiling.amount), 1):
            state, due_on, reasons, changes_on = self._outcome(timeline, as_of, ceiling, step)
            changes.append(changes_on)
            fixed = ceiling.state is MET
            for (party, _), part in zip(self.portions, step.parts, strict=True):
                amount = part if fixed else None
                at_most = part if not fixed and state is STILL_OPEN else None
                into.append(self._entitlement(number, step.fact, party, state, amount, at_most, due_on, reasons))
        return earliest(*changes)

    def _entitlement(
        self,
        number: int,
        fact: Fact,
        party: str,
        state: Standing,
        amount: Decimal | None,
        at_most: Decimal | None,
        due_on: date | None,
        reasons: tuple[Reason, ...],
    ) -> Entitlement:
        reward, unit = self.reward, self.currency
        head = (reward.id, number, fact.placement, party, reward.owed_by)
        return Entitlement(*head, state, amount, unit, at_most, due_on, reasons, fact.key)

    def _ceiling(self, timeline: Timeline, as_of: date) -> Ceiling:
        cap = self.rule.cap
        if cap.amounts is None:
            return Ceiling(MET, cap.highest, date.min, ())
        declared = self.declared(timeline, "", as_of)
        if declared is None:
            return Ceiling(OPEN, cap.highest, date.max, (("contribution_awaited", OPEN, (cap.highest,), ()),))
        level, keys = declared.values["level"], (declared.key,)
        if level not in cap.amounts:
            unknown = ("contribution_without_cap", FAILED, (level, declared.on), keys)
            return Ceiling(FAILED, cap.highest, date.max, (unknown,))
        amount = cap.amounts[level]
        known = ("contribution_declared", MET, (level, declared.on, amount), keys)
        return Ceiling(MET, amount, declared.on, (known,))

    def _steps(self, timeline: Timeline, as_of: date, cap: Decimal) -> Iterator[Step]:
        """Run through the turnover; a month that changes nothing (below zero, above the cap) gives no step."""
        shares = [share for _, share in self.portions]
        turnover: dict[str, Decimal] = {}
        owed: dict[str, Decimal] = {}
        before = [ZERO] * len(shares)
        for fact in timeline.facts:
            if fact.on > as_of:
                break
            if fact.kind != "revenue":
                continue
            basis = fact.placement if self.rule.cap.per == "placement" else ""
            turnover[basis] = turnover.get(basis, ZERO) + fact.values["amount"]
            due = rounded(turnover[basis] * self.rule.rate / 100, self.places)
            after = max(ZERO, min(due, cap))
            if after == owed.get(basis, ZERO):
                continue
            owed[basis] = after
            total = sum(owed.values(), ZERO)
            parts = apportion(total, shares, self.places)
            yield Step(fact, [new - old for new, old in zip(parts, before, strict=True)], turnover[basis], total)
            before = parts

    def _outcome(
        self, timeline: Timeline, as_of: date, ceiling: Ceiling, step: Step
    ) -> tuple[Standing, date | None, tuple[Reason, ...], date | None]:
        placement = step.fact.placement
        params = (self.rule.rate, step.turnover, ceiling.amount, step.total)
        so_far = (("share_of_revenue", MET, params, (step.fact.key,)), *ceiling.reasons)
        if ceiling.state is MET:
            start = max(step.fact.on, ceiling.since)
            found = first_day(self.eligible, timeline, placement, start, as_of, endings=False)
            if found:
                return DUE, found[0], so_far + found[1], None
        state, reasons, changes_on = self.eligible(timeline, placement, as_of)
        if FAILED in (ceiling.state, state):
            return LAPSED, None, so_far + reasons, None
        return STILL_OPEN, None, so_far + reasons, changes_on
