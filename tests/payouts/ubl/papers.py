"""Invoices and credit notes for tests: every kind of document, in every VAT case, in every language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from payouts import legal
from payouts.sepa import references
from payouts.ubl.checks import CODES
from payouts.ubl.invoice import (
    AGREED_BETWEEN_THE_PARTIES,
    TRANSFER,
    Invoice,
    Kind,
    Line,
    Means,
    Party,
    Reference,
    Tax,
)
from payouts.vat import Regime, Treatment, VatCase, treatment

TODAY = date(2026, 11, 22)
BELGIAN = Party("An Peeters", "Koestraat 1", "9000", "Gent", "BE", "0403019261", "BE0403019261")
DUTCH = Party("Jan & Zn <advies>", "Singel 2", "1012 AB", "Amsterdam", "NL", "12345678", "NL004495445B01")
FRENCH = Party("Éditions du Sud", "Rue de l’Étoile 3", "13001", "Marseille", "FR", "404833048", "FR83404833048")
AGENCY = Party("Brugwerk NV", "Kaai 4", "2000", "Antwerpen", "BE", "0674112089", "BE0674112089")


class Position(NamedTuple):
    """A VAT case with two parties who are in it."""

    supplier: Party
    customer: Party
    regime: Regime


POSITIONS = {
    VatCase.STANDARD: Position(BELGIAN, AGENCY, Regime.ORDINARY),
    VatCase.EXEMPT_BE: Position(BELGIAN, AGENCY, Regime.SMALL_BUSINESS),
    VatCase.EXEMPT_NL: Position(DUTCH, replace(DUTCH, name="Coöperatie"), Regime.KOR),
    VatCase.REVERSE_CHARGE: Position(FRENCH, AGENCY, Regime.ORDINARY),
    VatCase.NOT_TAXABLE: Position(BELGIAN, AGENCY, Regime.NOT_TAXABLE),
}


def paper(
    case: VatCase,
    kind: Kind = Kind.INVOICE,
    self_billed: bool = True,
    language: str = "nl",
    amounts: str = "1200.00 0.10",
) -> Invoice:
    """Return a document that is right in every respect."""
    supplier, customer, regime = POSITIONS[case]
    found = treatment(supplier=supplier.country, customer=customer.country, regime=regime)
    assert found.case is case
    if case is VatCase.NOT_TAXABLE:
        supplier, customer = replace(supplier, vat_number=""), replace(customer, vat_number="")
    lines = tuple(
        Line(f"Coöptatie, case ABC234{number}", Decimal(1), Decimal(amount), Decimal(amount))
        for number, amount in enumerate(amounts.split())
    )
    net = sum((line.net for line in lines), Decimal(0))
    return Invoice(
        kind=kind,
        self_billed=self_billed,
        number="SB-00042-2026-0001",
        issued_on=TODAY,
        due_on=date(2026, 12, 22),
        supplied_on=date(2026, 11, 20),
        currency="EUR",
        supplier=supplier,
        customer=customer,
        lines=lines,
        taxes=(tax_of(found, net, language),),
        net=net,
        vat=found.on(net),
        total=net + found.on(net),
        note=legal.sentence(legal.SELF_BILLING, {}, language) if self_billed else "",
        buyer_reference="00042",
        credits=Reference("SB-00042-2026-0000", date(2026, 11, 1)) if kind is Kind.CREDIT_NOTE else None,
        means=Means(AGREED_BETWEEN_THE_PARTIES, "Agreed")
        if self_billed
        else Means(TRANSFER, "", "BE68539007547034", references.written(references.ogm(2600000001))),
    )


def tax_of(found: Treatment, net: Decimal, language: str = "nl") -> Tax:
    """Return the VAT of everything under a treatment."""
    reason = legal.sentence(found.case, {}, language)
    return Tax(found.category, found.rate, net, found.on(net), CODES.get(found.category, ""), reason)


def papers() -> Iterator[tuple[str, Invoice]]:
    """Yield every kind of document in every VAT case and language, with a name."""
    for case in VatCase:
        for kind in Kind:
            for self_billed in (True, False):
                for language in ("en", "nl", "fr"):
                    whose = "self-billed" if self_billed else "sale"
                    yield f"{case}-{kind}-{whose}-{language}", paper(case, kind, self_billed, language)
        sale = paper(case, self_billed=False)
        yield f"{case}-set-off-in-part", replace(sale, prepaid=Decimal("0.10"))
        yield f"{case}-set-off-wholly", replace(sale, prepaid=sale.total)
