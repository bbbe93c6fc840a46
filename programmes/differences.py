"""What two versions say differently, in sentences."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from programmes.engine.rules import RuleSet
from programmes.questions import policies
from programmes.terms import terms_of


@dataclass(frozen=True)
class Difference:
    """Sentences that stand here no more, and those that stand in their place."""

    before: list[str]
    after: list[str]


def differences(old: RuleSet, new: RuleSet) -> list[Difference]:
    """Return what changes for whoever brings somebody in, in the language in force, in the order of the terms."""
    before, after = sentences(old), sentences(new)
    matched = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return [Difference(before[a:b], after[c:d]) for tag, a, b, c, d in matched if tag != "equal"]


def sentences(rules: RuleSet) -> list[str]:
    """Return all that a rule set says, sentence by sentence."""
    terms = terms_of(rules)
    rewards = [line for reward in terms.rewards for line in (*reward.amounts, *reward.moments)]
    return [*rewards, *terms.conditions, terms.payment, *policies(rules)]
