"""Money without surprises: exact decimals, half up, and parts that always add up to the whole."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

ZERO = Decimal(0)

# ISO 4217, the currencies in use; those without two decimals stand apart.
_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
    "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
CURRENCIES: dict[str, int] = {code: places for places, codes in _DECIMALS.items() for code in codes.split()}
"""Currency code → number of decimals of its amounts."""
SAVED = ("coin", "point")
"""Units that are saved, and not paid."""


_AMOUNT = re.compile(
    r"(?P<whole>-?\d{1,3}(?:\.\d{3})+(?=,\d{1,2}$)|-?\d{1,3}(?:,\d{3})+(?=\.\d{1,2}$)|-?\d{1,12})(?P<cents>[.,]\d{1,2})?",
    re.ASCII,
)


def amount_in(text: str) -> Decimal | None:
    """Read an amount as people write it: 1200.50, 1.200,50 or 1,200.50; None for what could be two amounts, as 1,200."""
    match = _AMOUNT.fullmatch(re.sub(r"[\s€'’]", "", text))
    if not match:
        return None
    whole, cents = match["whole"], match["cents"] or ""
    return Decimal(re.sub(r"[.,]", "", whole) + (f".{cents[1:]}" if cents else ""))


@cache
def unit_of(places: int) -> Decimal:
    """Return the smallest step with so many decimals: 2 → Decimal("0.01")."""
    return Decimal(1).scaleb(-places)


def rounded(amount: Decimal, places: int = 2) -> Decimal:
    """Round half up (away from zero on a tie) to so many decimals."""
    return amount.quantize(unit_of(places), rounding=ROUND_HALF_UP)


def decimals(amount: Decimal) -> int:
    """Return how many decimals a finite number needs, however long it is written: 1.500 → 1."""
    _, digits, exponent = amount.as_tuple()
    assert isinstance(exponent, int)
    while exponent < 0 and digits and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    return max(0, -exponent) if digits else 0


def fits(amount: Decimal, places: int) -> bool:
    """Whether an amount is finite and no more precise than so many decimals."""
    return amount.is_finite() and decimals(amount) <= places


def apportion(total: Decimal, shares: Sequence[Decimal], places: int = 2) -> list[Decimal]:
    """Divide a total over shares by largest remainder, so that the parts add up to it exactly.

    Ties go to the share listed first. `total` must already be rounded to `places`; shares are relative
    (50, 25, 25 or 1, 1, 1), not negative and not all zero.

    >>> apportion(Decimal("0.05"), [Decimal(50), Decimal(50)])
    [Decimal('0.03'), Decimal('0.02')]
    """
    if len(shares) == 1:
        return [total]
    step, whole = unit_of(places), sum(shares, ZERO)
    if whole <= 0 or min(shares) < 0:
        raise ValueError("shares must be positive in sum, and none may be negative")
    sign = -1 if total < 0 else 1
    units = int(abs(total).scaleb(places))
    quotients = [divmod(units * share, whole) for share in shares]
    parts = [int(quotient) for quotient, _ in quotients]
    by_remainder = sorted(range(len(shares)), key=lambda i: -quotients[i][1])
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    return [sign * part * step for part in parts]
