"""Who is owed what, on a given day, and why: rules and a timeline in, an assessment out."""

from collections.abc import Callable
from datetime import date

from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.assessment import Assessment, Entitlement, of_fields
from programmes.engine.instalments import InstalmentReward
from programmes.engine.rules import RuleSet
from programmes.engine.shares import RevenueReward
from programmes.engine.timeline import Timeline
from programmes.engine.verdict import every

COMPILED = "compiled"
"""Where a rule set keeps its compiled form, as a cached property would; it counts for no comparison or copy."""

Compiled = Callable[[Timeline, date], Assessment]


def compiled(rules: RuleSet) -> Compiled:
    """Turn a rule set into a function, once: timelines then run through it without looking at the rules again."""
    known: Compiled | None = rules.__dict__.get(COMPILED)
    if known is None:
        known = rules.__dict__[COMPILED] = _compile(rules)
    return known


def assess(rules: RuleSet, timeline: Timeline, as_of: date) -> Assessment:
    """Say what is owed on a day: facts after `as_of` do not exist yet."""
    return compiled(rules)(timeline, as_of)


def _compile(rules: RuleSet) -> Compiled:
    eligible = every([condition.check() for condition in rules.eligibility])
    rewards: list[InstalmentReward | RevenueReward] = []
    for reward in rules.rewards:
        if isinstance(reward.amount, ShareOfRevenue):
            rewards.append(RevenueReward(reward, reward.amount, eligible, rules.currency, rules.places))
        else:
            rewards.append(InstalmentReward(reward, eligible, rules.currency, rules.places))

    def run(timeline: Timeline, as_of: date) -> Assessment:
        entitlements: list[Entitlement] = []
        next_check_on: date | None = None
        for reward in rewards:
            changes_on = reward.assess(timeline, as_of, entitlements)
            if changes_on and (next_check_on is None or changes_on < next_check_on):
                next_check_on = changes_on
        return of_fields(Assessment, (as_of, entitlements, next_check_on))

    return run
