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
from programmes.engine.verdict import FAILED, MET, OPEN, Check, Reason, State, Verdict, earliest


class Ceiling(NamedTuple):
    """The cap that applies: met, still to be declared (then the highest there is), or failed (no such level)."""

    state: State
    amount: Decimal
    since: date
    reasons: tuple[Reason, ...]


class Step(NamedTuple):
    """One instalment: the revenue it follows from, what each party gets; turnover and total owed under its cap so far."""

    fact: Fact
    parts: list[Decimal]
    turnover: Decimal
    owed: Decimal


class RevenueReward:
    """A compiled reward."""

    def __init__(self, reward: Reward, rule: ShareOfRevenue, eligible: Check, currency: str, places: int) -> None:
        self.id, self.owed_by, self.currency, self.places = reward.id, reward.owed_by, currency, places
        self.rule, self.eligible = rule, eligible
        self.parties = [party for party, _ in reward.portions]
        self.portions = [share for _, share in reward.portions]
        self.declared = first("contribution_declared")

    def assess(self, timeline: Timeline, as_of: date, into: list[Entitlement]) -> date | None:
        """Append the reward's entitlements; return the next day on which they can differ by themselves."""
        ceiling = self._ceiling(timeline, as_of)
        eligible = _once(self.eligible)
        changes_on = None
        for number, step in enumerate(self._steps(timeline, as_of, ceiling.amount), 1):
            state, due_on, reasons, change = self._outcome(timeline, as_of, ceiling, step, eligible)
            changes_on = earliest(changes_on, change)
            fixed = ceiling.state is MET
            for party, part in zip(self.parties, step.parts, strict=True):
                into.append(
                    Entitlement(
                        reward=self.id,
                        instalment=number,
                        placement=step.fact.placement,
                        to=party,
                        owed_by=self.owed_by,
                        state=state,
                        amount=part if fixed else None,
                        unit=self.currency,
                        at_most=part if not fixed and state is STILL_OPEN else None,
                        due_on=due_on,
                        because=reasons,
                        revenue=step.fact.key,
                    )
                )
        return changes_on

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
        turnover: dict[str, Decimal] = {}
        owed: dict[str, Decimal] = {}
        before = [ZERO] * len(self.portions)
        for fact in timeline.facts:
            if fact.on > as_of:
                break
            if fact.kind != "revenue":
                continue
            basis = fact.placement if self.rule.cap.per == "placement" else ""
            turnover[basis] = turnover.get(basis, ZERO) + fact.values["amount"]
            due = rounded(turnover[basis] * self.rule.rate / 100, self.places)
            after = max(rounded(ZERO, self.places), min(due, rounded(cap, self.places)))
            if after == owed.get(basis, ZERO):
                continue
            owed[basis] = after
            total = sum(owed.values(), ZERO)
            parts = apportion(total, self.portions, self.places)
            yield Step(fact, [new - old for new, old in zip(parts, before, strict=True)], turnover[basis], after)
            before = parts

    def _outcome(
        self, timeline: Timeline, as_of: date, ceiling: Ceiling, step: Step, eligible: Check
    ) -> tuple[Standing, date | None, tuple[Reason, ...], date | None]:
        placement = step.fact.placement
        params = (self.rule.rate, step.turnover, ceiling.amount, step.owed)
        so_far = (("share_of_revenue", MET, params, (step.fact.key,)), *ceiling.reasons)
        if ceiling.state is MET:
            start = max(step.fact.on, ceiling.since)
            found = first_day(eligible, timeline, placement, start, as_of, endings=False)
            if found:
                return DUE, found[0], so_far + found[1], None
        state, reasons, changes_on = eligible(timeline, placement, as_of)
        if FAILED in (ceiling.state, state):
            return LAPSED, None, so_far + reasons, None
        return STILL_OPEN, None, so_far + reasons, changes_on


def _once(check: Check) -> Check:
    """Ask a check once for each placement and day, however many months of turnover look at it."""
    known: dict[tuple[str, date], Verdict] = {}

    def asked(timeline: Timeline, placement: str, day: date) -> Verdict:
        verdict = known.get((placement, day))
        if verdict is None:
            verdict = known[placement, day] = check(timeline, placement, day)
        return verdict

    return asked
