"""A reward of an amount that is paid in instalments, each when its milestone is reached."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from kernel.money import apportion, rounded
from programmes.engine.amounts.points import Points
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.assessment import DUE, LAPSED, STILL_OPEN, Entitlement, Standing, of_fields
from programmes.engine.falling_due import ended, first_day
from programmes.engine.rules import Reward
from programmes.engine.timeline import NO_PLACEMENT_NAMED, Timeline
from programmes.engine.verdict import FAILED, MET, Check, Reason, earliest

DAY = timedelta(1)

Outcome = tuple[Standing, date | None, Decimal | None, Decimal | None, tuple[Reason, ...], date | None]
"""How one instalment stands for one placement: standing, due on, the reward's amount, the most it can still be,
reasons, and the next day on which this can change by itself."""


class InstalmentReward:
    """A compiled reward."""

    def __init__(self, reward: Reward, eligible: Check, currency: str, places: int) -> None:
        assert reward.instalments is not None
        assert not isinstance(reward.amount, ShareOfRevenue)
        self.id, self.owed_by, self.unit = reward.id, reward.owed_by, reward.unit(currency)
        self.eligible = eligible
        self.places = 0 if isinstance(reward.amount, Points) else places
        self.amount = reward.amount.amounts()
        self.milestones = [instalment.when.milestone() for instalment in reward.instalments]
        self.shares = [instalment.share for instalment in reward.instalments]
        self.parties = [(index, party) for index, (party, _) in enumerate(reward.portions)]
        self.portions = [share for _, share in reward.portions]
        self.without_placement = not reward.amount.of_placement and not all(
            instalment.when.of_placement for instalment in reward.instalments
        )
        self._nothing = (None,) * len(self.parties)
        self.parts = cache(self._divided)

    def assess(self, timeline: Timeline, as_of: date, into: list[Entitlement]) -> date | None:
        """Append the reward's entitlements; return the next day on which they can differ by themselves."""
        placements, since = timeline.placements(as_of), timeline.since
        if self.without_placement and self._due_before_any(timeline, as_of):
            placements, since = [NO_PLACEMENT_NAMED], {}
        if len(placements) == 1:
            placement = placements[0]
            born = since.get(placement)
            start = born if born and born <= as_of else date.min
            outcomes = moving = self._outcomes(timeline, placement, as_of, start)
        else:
            placement, outcomes, moving = self._of_several(timeline, placements, as_of)
        self._list(placement, outcomes, into)
        changes_on = None
        for outcome in moving:
            if outcome[5] is not None:
                changes_on = earliest(changes_on, outcome[5])
        return changes_on

    def _divided(self, amount: Decimal) -> list[list[Decimal]]:
        """Divide an amount into instalments, and each of those over the parties."""
        instalments = apportion(rounded(amount, self.places), self.shares, self.places)
        return [apportion(part, self.portions, self.places) for part in instalments]

    def _due_before_any(self, timeline: Timeline, as_of: date) -> bool:
        """Whether it fell due while there was no placement yet; no later placement then takes its place."""
        born = min(timeline.since.values(), default=None)
        if born is None or born > as_of or born <= timeline.facts[0].on:
            return False
        return any(outcome[1] for outcome in self._outcomes(timeline, NO_PLACEMENT_NAMED, born - DAY, date.min))

    def _of_several(
        self, timeline: Timeline, placements: list[str], as_of: date
    ) -> tuple[str, list[Outcome], list[Outcome]]:
        """The placement that counts, its outcomes, and all those with which another answer can come."""
        results = [(one, self._outcomes(timeline, one, as_of, timeline.since[one])) for one in placements]
        placement, outcomes = _that_counts(results, timeline, as_of)
        settled = any(outcome[1] for outcome in outcomes)
        return placement, outcomes, outcomes if settled else [outcome for _, found in results for outcome in found]

    def _outcomes(self, timeline: Timeline, placement: str, as_of: date, born: date) -> list[Outcome]:
        price, eligible = self.amount, self.eligible
        priced, amount, fixed_on, why_amount, at_most, amount_changes_on = price(timeline, placement, as_of)
        end, tomorrow = ended(timeline, as_of)
        outcomes: list[Outcome] = []
        for milestone in self.milestones:
            reached, reached_on, why, milestone_changes_on = milestone(timeline, placement, as_of)
            why, found = why_amount + why, None
            if priced is MET and reached is MET:
                found = first_day(eligible, timeline, placement, max(reached_on, fixed_on, born), as_of)
            if found:
                outcomes.append((DUE, found[0], amount, None, why + found[1], None))
                continue
            state, why_eligible, changes_on = eligible(timeline, placement, as_of)
            why += why_eligible + end
            if end or priced is FAILED or reached is FAILED or state is FAILED:
                outcomes.append((LAPSED, None, amount, None, why, None))
            else:
                changes_on = tomorrow or earliest(amount_changes_on, milestone_changes_on, changes_on)
                outcomes.append((STILL_OPEN, None, amount, at_most, why, changes_on))
        return outcomes

    def _list(self, placement: str, outcomes: Sequence[Outcome], into: list[Entitlement]) -> None:
        reward, owed_by, unit = self.id, self.owed_by, self.unit
        for before, (state, due_on, amount, at_most, why, _) in enumerate(outcomes):
            parts = self._nothing if amount is None else self.parts(amount)[before]
            highest = self._nothing if at_most is None else self.parts(at_most)[before]
            for index, to in self.parties:
                part, most = parts[index], highest[index]
                said = (reward, before + 1, placement, to, owed_by, state, part, unit, most, due_on, why, None)
                into.append(of_fields(Entitlement, said))


def _that_counts(
    results: Sequence[tuple[str, list[Outcome]]], timeline: Timeline, as_of: date
) -> tuple[str, list[Outcome]]:
    """The placement with which the reward falls due earliest; else the first open one, not left if possible."""
    due = [
        (min(outcome[1] for outcome in found if outcome[1]), placement, found)
        for placement, found in results
        if any(outcome[1] for outcome in found)
    ]
    if due:
        day = min(one[0] for one in due)
        order = timeline.placements(day)  # as it was that day: what came later changes nothing
        _, placement, found = min((one for one in due if one[0] == day), key=lambda one: order.index(one[1]))
        return placement, found
    still_open = [result for result in results if any(outcome[0] is STILL_OPEN for outcome in result[1])]
    return next((result for result in still_open if not _left(timeline, result[0], as_of)), (still_open or results)[0])


def _left(timeline: Timeline, placement: str, as_of: date) -> bool:
    return any(fact.on <= as_of for fact in timeline.of.get(placement, {}).get("left", ()))
