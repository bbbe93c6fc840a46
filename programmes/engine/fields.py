"""The types of the fields that rules declare: amounts, shares, periods, names of facts."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from kernel.money import CURRENCIES, decimals
from kernel.periods import Period
from programmes.engine.facts import KINDS, shown, text_of
from programmes.engine.mistakes import Mistake

MOST_YEARS = 100
MOST_AMOUNT = Decimal("1e12")
MOST_DIGITS = 13


class Rule(BaseModel):
    """A part of a rule set: frozen, and closed to keys that it does not declare."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def decimal_of(value: Any) -> Decimal | None:
    """Read a number that is exact: text, a whole number or a decimal; None for anything else, floats included."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        return None
    text = text_of(value)
    try:
        number = Decimal(text) if text and text.isascii() else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS else None


def _amount(value: Any) -> Decimal:
    amount = decimal_of(value)
    if amount is None:
        raise PydanticCustomError("not_an_amount", "")
    if amount < 0:
        raise PydanticCustomError("negative_amount", "")
    if amount > MOST_AMOUNT:
        raise PydanticCustomError("amount_too_high", "")
    return amount.copy_abs()  # "-0" is 0


def percentage_of(value: Any) -> Decimal | None:
    """Read "15 %" or "33.33%" as Decimal("15"), Decimal("33.33"); None for anything else."""
    if not isinstance(value, str) or not value.rstrip().endswith("%"):
        return None
    return decimal_of(value.rstrip()[:-1])


def _percentage(value: Any) -> Decimal:
    percentage = percentage_of(value)
    if percentage is None:
        raise PydanticCustomError("not_a_percentage", "")
    if not 0 <= percentage <= 100 or decimals(percentage) > MOST_DIGITS:
        raise PydanticCustomError("percentage_out_of_range", "")
    return percentage


def _period(value: Any) -> Period:
    if isinstance(value, Period):
        return value
    try:
        period = Period.parse(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("not_a_period", "") from None
    if period.approximate_days > MOST_YEARS * 366:
        raise PydanticCustomError("period_too_long", "")
    return period


def _ever_or_period(value: Any) -> str | Period:
    return "ever" if value == "ever" else _period(value)


def _fact(value: Any) -> str:
    if not isinstance(value, str) or value not in KINDS:
        raise PydanticCustomError("unknown_fact", "", {"found": shown(value), "known": ", ".join(KINDS)})
    return value


def _currency(value: Any) -> str:
    if not isinstance(value, str) or value not in CURRENCIES:
        raise PydanticCustomError("unknown_currency", "", {"found": shown(value)})
    return value


def _word(value: Any) -> str:
    word = text_of(value)
    if word is None:
        raise PydanticCustomError("not_a_word", "")
    return word


def _schema(of: type | str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": of, **more})


Money = Annotated[Decimal, BeforeValidator(_amount), PlainSerializer(str), _schema("string", format="amount")]
Percentage = Annotated[
    Decimal,
    BeforeValidator(_percentage),
    PlainSerializer(lambda value: f"{value}%", return_type=str),
    _schema("string", format="percentage"),
]
PeriodField = Annotated[
    Period, BeforeValidator(_period), PlainSerializer(str, return_type=str), _schema("string", format="period")
]
EverOrPeriod = Annotated[
    str | Period,
    BeforeValidator(_ever_or_period),
    PlainSerializer(str, return_type=str),
    _schema("string", format="ever_or_period"),
]
FactName = Annotated[str, BeforeValidator(_fact), _schema("string", enum=list(KINDS), format="fact")]
CurrencyCode = Annotated[str, BeforeValidator(_currency), _schema("string", format="currency")]
Word = Annotated[str, BeforeValidator(_word), _schema("string")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Scope = Literal["placement", "case"]


def imprecise(amount: Decimal, path: str, places: int) -> Iterator[Mistake]:
    """Yield the mistake of an amount that is written with more decimals than its currency has: 7.500 may be meant for 7,500."""
    _, _, exponent = amount.as_tuple()
    if not isinstance(exponent, int) or -exponent > places:
        yield Mistake(path, "amount_too_precise", {"places": places})
