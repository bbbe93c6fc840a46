"""What a member is to be charged, as its invoice will say it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from members.models import Organisation
from payouts.models import Charge
from payouts.selectors import waiting
from payouts.selectors.drafting import taxed
from payouts.selectors.payees import payee_of
from payouts.selectors.settings import payout_settings


@dataclass(frozen=True)
class Expected:
    """What a charge comes to: with its VAT in per cent and as an amount; and what waits to stand on the same invoice."""

    charge: Charge
    rate: Decimal | None
    vat: Decimal
    pay_by: date
    beside: list[Charge]

    @property
    def total(self) -> Decimal:
        return self.charge.amount + self.vat


def expected(organisation: Organisation, charge: Charge, today: date) -> Expected | None:
    """Return what a charge that is not made yet comes to; None while details of the member or of the organisation are missing."""
    settings, payee = payout_settings(), payee_of(charge.member_id)
    if payee is None or not settings.iban or not organisation.can_be_invoiced:
        return None
    treatment = taxed(organisation, payee, settings, today)
    same = waiting.to_invoice(settings, today).filter(member=charge.member_id, currency=charge.currency)
    pay_by = today + timedelta(settings.sales_term)
    return Expected(charge, treatment.rate, treatment.on(charge.amount), pay_by, list(same))
