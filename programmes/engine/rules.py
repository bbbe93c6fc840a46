"""A programme's rules as data: validated here, decided on in `programmes.engine.assess`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError
from typing_extensions import TypeAliasType

from kernel.money import CURRENCIES
from kernel.periods import Period
from programmes.engine.amounts.points import Points
from programmes.engine.amounts.registry import AmountRule
from programmes.engine.amounts.share_of_revenue import ShareOfRevenue
from programmes.engine.conditions.registry import Condition
from programmes.engine.fields import CurrencyCode, EverOrPeriod, Name, Percentage, PeriodField, Rule
from programmes.engine.milestones.registry import MilestoneRule
from programmes.engine.mistakes import Mistake, Refused, from_pydantic

HUNDRED = Decimal(100)
Party = TypeAliasType("Party", Literal["introducer", "performer", "organisation", "pot"])


class Instalment(Rule):
    """A part of the amount, and the milestone that makes it due."""

    share: Percentage
    when: MilestoneRule


class Portion(Rule):
    """A party's part of every instalment."""

    to: Party
    share: Percentage


class Reward(Rule):
    """Something that is owed: how much, in which instalments, to whom and by whom."""

    id: Name
    to: Party | None = None
    split: Annotated[tuple[Portion, ...], Field(min_length=1)] | None = None
    owed_by: Literal["organisation", "performer"] = "organisation"
    amount: AmountRule
    instalments: Annotated[tuple[Instalment, ...], Field(min_length=1)] | None = None

    @property
    def portions(self) -> list[tuple[str, Decimal]]:
        """Party and share of each part, in the order written."""
        return [(part.to, part.share) for part in self.split] if self.split else [(str(self.to), HUNDRED)]

    def unit(self, currency: str) -> str:
        """The currency, or `coin` or `point`."""
        return self.amount.unit if isinstance(self.amount, Points) else currency

    def mistakes(self, path: str, places: int) -> Iterator[Mistake]:
        """Yield what the fields' types cannot say."""
        yield from self.amount.mistakes(f"{path}.amount", places)
        yield from self._mistakes_of_parties(path)
        if isinstance(self.amount, ShareOfRevenue):
            if self.instalments is not None:
                yield Mistake(f"{path}.instalments", "instalments_refused", {})
        elif self.instalments is None:
            yield Mistake(f"{path}.instalments", "missing", {"key": "instalments"})
        else:
            yield from _unequal([one.share for one in self.instalments], f"{path}.instalments")
            for number, instalment in enumerate(self.instalments):
                yield from _nested_mistakes(instalment.when, f"{path}.instalments.{number}.when", places)

    def _mistakes_of_parties(self, path: str) -> Iterator[Mistake]:
        if self.split is None:
            if self.to is None:
                yield Mistake(f"{path}.to", "party_missing", {})
            return
        if self.to is not None:
            yield Mistake(f"{path}.split", "party_twice", {})
        yield from _unequal([part.share for part in self.split], f"{path}.split")
        seen: set[str] = set()
        for number, part in enumerate(self.split):
            if part.to in seen:
                yield Mistake(f"{path}.split.{number}.to", "party_repeated", {"party": part.to})
            seen.add(part.to)


class Duplicates(Rule):
    """Who owns an introduction when several people bring in one person; read at submission, not by the engine."""

    policy: Literal["first", "split", "latest"] = "first"
    known_within: EverOrPeriod = "ever"
    owned_for: PeriodField = Period(18, 0)


class Payment(Rule):
    """The routes open to those who are owed, and the promise of when they are paid after an amount fell due."""

    routes: Annotated[tuple[Literal["invoice", "payroll"], ...], Field(min_length=1)] = ("invoice", "payroll")
    within: PeriodField = Period(0, 30)


def _whole(value: Any) -> Any:
    return value if type(value) is int else None  # true and 1.0 equal 1, and are not meant


class RuleSet(Rule):
    """Everything a programme promises, for one kind of case."""

    version: Annotated[Literal[1], BeforeValidator(_whole), Field(alias="schema")]
    case: Literal["referral", "lead", "opportunity", "activity"]
    currency: CurrencyCode
    eligibility: tuple[Condition, ...] = ()
    rewards: Annotated[tuple[Reward, ...], Field(min_length=1)]
    duplicates: Duplicates = Duplicates()
    payment: Payment = Payment()

    @property
    def places(self) -> int:
        """Decimals of the currency's amounts."""
        return CURRENCIES[self.currency]

    @property
    def pays_money(self) -> bool:
        """Whether any reward is paid in money, rather than in points or coins."""
        return any(not isinstance(reward.amount, Points) for reward in self.rewards)

    @property
    def brings_coins(self) -> bool:
        """Whether any reward is counted in coins."""
        return any(reward.unit(self.currency) == "coin" for reward in self.rewards)

    @property
    def is_remitted(self) -> bool:
        """Whether any reward is owed by who lands the work."""
        return any(reward.owed_by == "performer" for reward in self.rewards)

    @property
    def fills_pot(self) -> bool:
        """Whether any reward sets something aside for the pot."""
        return any(to == "pot" for reward in self.rewards for to, _ in reward.portions)

    @classmethod
    def read(cls, document: Any) -> Self:
        """Validate a document (of a YAML or JSON file, or stored); Refused with every mistake found."""
        try:
            rules = cls.model_validate(document)
        except ValidationError as error:
            raise Refused(from_pydantic(error, document)) from None
        mistakes = list(rules.mistakes())
        if mistakes:
            raise Refused(mistakes)
        return rules

    def mistakes(self) -> Iterator[Mistake]:
        """Yield what the fields' types cannot say."""
        seen: set[str] = set()
        for number, reward in enumerate(self.rewards):
            if reward.id in seen:
                yield Mistake(f"rewards.{number}.id", "id_repeated", {"id": reward.id})
            seen.add(reward.id)
            yield from reward.mistakes(f"rewards.{number}", self.places)
        if len(set(self.payment.routes)) < len(self.payment.routes):
            yield Mistake("payment.routes", "value_repeated", {})

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        fields = {name: value for name, value in state["__dict__"].items() if name in type(self).model_fields}
        return state | {"__dict__": fields}

    def document(self) -> dict[str, Any]:
        """Return the rules as plain data, in the form in which they are stored and read again."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def _unequal(shares: list[Decimal], path: str) -> Iterator[Mistake]:
    total = sum(shares, Decimal(0))
    if total != HUNDRED:
        yield Mistake(path, "shares_not_whole", {"total": total})


def _nested_mistakes(rule: Any, path: str, places: int) -> Iterator[Mistake]:
    if hasattr(rule, "mistakes"):
        yield from rule.mistakes(path, places)
    for number, nested in enumerate(getattr(rule, "milestones", ())):
        yield from _nested_mistakes(nested, f"{path}.milestones.{number}", places)
