"""VAT on what an organisation buys from a payee, pure: the category, the rate, and the law that the document names."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kernel.money import rounded

STANDARD_RATE = {"BE": Decimal(21), "NL": Decimal(21)}
HUNDRED = Decimal(100)


class Regime(StrEnum):
    """What a payee declared of their own VAT."""

    ORDINARY = "ordinary"
    EXEMPT = "exempt"


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
    """A combination that these rules do not know, such as an exempt business of a third country."""


def treatment(*, supplier: str, customer: str, taxable: bool, regime: Regime) -> Treatment:
    """Return how a service from a supplier's country to a business in the customer's country is taxed.

    Source: directive 2006/112/EC, articles 44, 196, 226; BE Wbtw art. 56bis; NL Wet OB art. 25.
    """
    if not taxable:
        return Treatment(VatCase.NOT_TAXABLE, "O", None)
    if regime is Regime.EXEMPT and supplier == customer and supplier in STANDARD_RATE:
        return Treatment(VatCase(f"exempt_{supplier.lower()}"), "E", Decimal(0))
    if supplier != customer and regime is Regime.ORDINARY:
        return Treatment(VatCase.REVERSE_CHARGE, "AE", Decimal(0))
    if regime is Regime.ORDINARY and supplier in STANDARD_RATE:
        return Treatment(VatCase.STANDARD, "S", STANDARD_RATE[supplier])
    raise NoTreatmentError(f"{supplier} to {customer}, {regime}")
