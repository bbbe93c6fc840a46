"""VAT on what an organisation buys from a payee, pure: the category, the rate, and the law that the document names."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kernel.money import rounded

STANDARD_RATE = {"BE": Decimal(21), "NL": Decimal(21)}
HUNDRED = Decimal(100)


EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


class Regime(StrEnum):
    """What a payee declared of their own VAT. Being of another country is no regime: the address says that."""

    ORDINARY = "ordinary"
    SMALL_BUSINESS = "small_business"
    """Exempt in Belgium, article 56bis."""

    KOR = "kor"
    """Exempt in the Netherlands, the kleineondernemersregeling."""

    NOT_TAXABLE = "not_taxable"


AT_HOME_IN = {Regime.SMALL_BUSINESS: "BE", Regime.KOR: "NL"}
"""The country whose law knows a regime; the others are known everywhere."""


class VatCase(StrEnum):
    """The cases of the law; each has its wording on a document."""

    STANDARD = "standard"
    EXEMPT_BE = "exempt_be"
    EXEMPT_NL = "exempt_nl"
    REVERSE_CHARGE = "reverse_charge"
    NOT_TAXABLE = "not_taxable"


class Treatment(NamedTuple):
    """A case with the category of EN 16931 and the rate in per cent; None where there is no rate."""

    case: VatCase
    category: str
    rate: Decimal | None

    def on(self, net: Decimal) -> Decimal:
        """Return the VAT on the total of the bases, rounded once."""
        return rounded(net * (self.rate or 0) / HUNDRED)


class NoTreatmentError(ValueError):
    """A combination that these rules do not know, such as a business of a third country."""


def sale(*, supplier: str, customer: str, taxable: bool, regime: Regime) -> Treatment:
    """Return how a service of an organisation to its member is taxed: to one who is no business, as at home.

    Source: directive 2006/112/EC, articles 44 and 45.
    """
    return treatment(supplier=supplier, customer=customer if taxable else supplier, regime=regime)


def treatment(*, supplier: str, customer: str, regime: Regime) -> Treatment:
    """Return how a service from a supplier's country to a business in the customer's country is taxed.

    A small business is exempt at home only: across a border its customer owes the VAT, as of any other business.
    Source: directive 2006/112/EC, articles 44, 196, 226, 283; BE Wbtw art. 56bis; NL Wet OB art. 25.
    """
    if regime is Regime.NOT_TAXABLE:
        return Treatment(VatCase.NOT_TAXABLE, "O", None)
    if supplier != customer and {supplier, customer} <= EU:
        return Treatment(VatCase.REVERSE_CHARGE, "AE", Decimal(0))
    if supplier == customer and AT_HOME_IN.get(regime) == supplier:
        return Treatment(VatCase(f"exempt_{supplier.lower()}"), "E", Decimal(0))
    if supplier == customer and regime is Regime.ORDINARY and supplier in STANDARD_RATE:
        return Treatment(VatCase.STANDARD, "S", STANDARD_RATE[supplier])
    raise NoTreatmentError(f"{supplier} to {customer}, {regime}")
