"""A reward of an amount that is paid in instalments, each when its milestone is reached."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from kernel.money import apportion
from programmes.engine.amounts.points import Points
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.assessment import DUE, LAPSED, STILL_OPEN, Entitlement, Standing
from programmes.engine.falling_due import ended, first_day
from programmes.engine.rules import Reward
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import FAILED, MET, Check, Fixed, Milestone, Reason, earliest

DAY = timedelta(1)


class Outcome(NamedTuple):
    """How one instalment stands for one placement."""

    state: Standing
    due_on: date | None
    fixed: Fixed
    reasons: tuple[Reason, ...]
    changes_on: date | None


class InstalmentReward:
    """A compiled reward."""

    def __init__(self, reward: Reward, eligible: Check, currency: str, places: int) -> None:
        assert reward.instalments is not None
        assert not isinstance(reward.amount, ShareOfRevenue)
        self.reward, self.eligible = reward, eligible
        self.unit = reward.unit(currency)
        self.places = 0 if isinstance(reward.amount, Points) else places
        self.amount = reward.amount.amounts()
        self.milestones = [instalment.when.milestone() for instalment in reward.instalments]
        self.shares = [instalment.share for instalment in reward.instalments]
        self.parties = [party for party, _ in reward.portions]
        self.portions = [share for _, share in reward.portions]
        self._nothing = (None,) * len(self.parties)
        self._parts: dict[Decimal, list[list[Decimal]]] = {}

    def assess(self, timeline: Timeline, as_of: date, into: list[Entitlement]) -> date | None:
        """Append the reward's entitlements; return the next day on which they can differ by themselves."""
        placements = timeline.placements(as_of)
        results = [(placement, self._outcomes(timeline, placement, as_of)) for placement in placements]
        placement, outcomes = results[0] if len(results) == 1 else _that_counts(results, timeline, as_of)
        self._list(placement, outcomes, into)
        changes_on = None
        settled = any(outcome.due_on for outcome in outcomes)
        for _, found in [(placement, outcomes)] if settled else results:
            for outcome in found:
                changes_on = earliest(changes_on, outcome.changes_on)
        return changes_on

    def parts(self, amount: Decimal) -> list[list[Decimal]]:
        """Divide an amount into instalments, and each of those over the parties."""
        parts = self._parts.get(amount)
        if parts is None:
            instalments = apportion(amount, self.shares, self.places)
            parts = self._parts[amount] = [apportion(part, self.portions, self.places) for part in instalments]
        return parts

    def _outcomes(self, timeline: Timeline, placement: str, as_of: date) -> list[Outcome]:
        fixed = self.amount(timeline, placement, as_of)
        return [self._outcome(timeline, placement, as_of, fixed, milestone) for milestone in self.milestones]

    def _outcome(self, timeline: Timeline, placement: str, as_of: date, fixed: Fixed, milestone: Milestone) -> Outcome:
        reached = milestone(timeline, placement, as_of)
        so_far = fixed.reasons + reached.reasons
        if fixed.state is MET and reached.state is MET:
            start = reached.on if reached.on > fixed.on else fixed.on
            found = first_day(self.eligible, timeline, placement, start, as_of)
            if found:
                return Outcome(DUE, found[0], fixed, so_far + found[1], None)
        state, reasons, changes_on = self.eligible(timeline, placement, as_of)
        end = ended(timeline, as_of)
        so_far += reasons + end
        if end or fixed.state is FAILED or reached.state is FAILED or state is FAILED:
            return Outcome(LAPSED, None, fixed, so_far, None)
        tomorrow = as_of + DAY if timeline.ended_on(as_of) else None
        change = earliest(fixed.changes_on, reached.changes_on, changes_on, tomorrow)
        return Outcome(STILL_OPEN, None, fixed, so_far, change)

    def _list(self, placement: str, outcomes: Sequence[Outcome], into: list[Entitlement]) -> None:
        reward = self.reward
        for index, (state, due_on, fixed, reasons, _) in enumerate(outcomes):
            amounts = self._of(fixed.amount, index)
            at_most = self._of(fixed.at_most if state is STILL_OPEN else None, index)
            for party, part, highest in zip(self.parties, amounts, at_most, strict=True):
                key = (reward.id, index + 1, placement, party, reward.owed_by)
                into.append(Entitlement(*key, state, part, self.unit, highest, due_on, reasons))

    def _of(self, amount: Decimal | None, instalment: int) -> Sequence[Any]:
        return self._nothing if amount is None else self.parts(amount)[instalment]


def _that_counts(
    results: Sequence[tuple[str, list[Outcome]]], timeline: Timeline, as_of: date
) -> tuple[str, list[Outcome]]:
    """The placement with which the reward falls due earliest; else the first open one, not left if possible."""
    due = [
        (min(outcome.due_on for outcome in found if outcome.due_on), index)
        for index, (_, found) in enumerate(results)
        if any(outcome.due_on for outcome in found)
    ]
    if due:
        return results[min(due)[1]]
    still_open = [result for result in results if any(outcome.state is STILL_OPEN for outcome in result[1])]
    return next((result for result in still_open if not _left(timeline, result[0], as_of)), (still_open or results)[0])


def _left(timeline: Timeline, placement: str, as_of: date) -> bool:
    facts = timeline.of.get(placement, {}).get("left")
    return bool(facts) and facts[0].on <= as_of  # type: ignore[index]
