"""Payees say who they are, how their VAT stands, and where their money goes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from kernel import work
from members.models import Member, Organisation
from payouts.models import Payee, VatPosition
from payouts.readiness import ACCOUNT_RESTS
from payouts.selectors import payees
from payouts.services import numbering
from payouts.services.documents import ISSUE
from payouts.signals import iban_changed
from payouts.vat import Regime

NUMBERS = "payees"


class DeclaredVat(NamedTuple):
    """What a payee says of their VAT, and from which day on."""

    regime: Regime
    number: str
    since: date


class InvoicedAlreadyError(Exception):
    """A position was declared from a day on before which invoices of another one were made out; carries their last day."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


@transaction.atomic
def save_details(
    *, organisation: Organisation, member: Member, fields: Mapping[str, Any], vat: DeclaredVat | None, at: datetime
) -> Payee:
    """Keep what a member says of themselves as a payee. An account number is told about, and rests when it is another one.

    InvoicedAlreadyError when their VAT position is to change for days that were invoiced.
    """
    payee = Payee.objects.select_for_update().filter(member=member).first()
    earlier, enterprise = (payee.iban, payee.enterprise_number) if payee else ("", "")
    payee = payee or Payee(member=member)
    for name, value in fields.items():
        setattr(payee, name, value)
    if payee.pk is None or (enterprise and payee.enterprise_number not in ("", enterprise)):
        # Another enterprise has books of its own: its invoices are a series of their own.
        _series, payee.number = numbering.draw(NUMBERS)
    if payee.iban != earlier:
        payee.iban_changed_at = at
        payee.iban_rests_until = at + ACCOUNT_RESTS if earlier else None
    payee.confirmed_at = at
    payee.save()
    if vat:
        _declare(payee, vat, at)
    if payee.iban != earlier and payee.iban:
        iban_changed.send(Payee, payee=payee, at=at)
    work.add(organisation.pk, ISSUE)
    return payee


def _declare(payee: Payee, vat: DeclaredVat, at: datetime) -> None:
    known = payee.vat_on(vat.since)
    if known and (known.regime, known.vat_number) == (vat.regime, vat.number):
        return
    until = payees.last_supply_of(payee.member)
    if known and until and vat.since <= until:
        raise InvoicedAlreadyError(until)
    VatPosition.objects.create(
        payee=payee,
        regime=vat.regime,
        vat_number=vat.number,
        since=vat.since,
        declared_by=payee.member,
        declared_at=at,
    )
