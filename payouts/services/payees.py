"""Payees say who they are, where their money goes, and that invoices may be made in their name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from kernel import work
from members.models import Member, Organisation
from payouts import legal
from payouts.models import Agreement, Payee
from payouts.services import numbering
from payouts.services.issuing import ISSUE
from payouts.signals import iban_changed

NUMBERS = "payees"


@transaction.atomic
def save_details(*, organisation: Organisation, member: Member, fields: Mapping[str, Any], at: datetime) -> Payee:
    """Keep what a member says of themselves as a payee. A new account number rests, and is told about."""
    payee = Payee.objects.select_for_update().filter(member=member).first()
    earlier = payee.iban if payee else ""
    if payee is None:
        _series, number = numbering.draw(NUMBERS)
        payee = Payee(member=member, number=number)
    for name, value in fields.items():
        setattr(payee, name, value)
    if payee.iban != earlier:
        payee.iban_changed_at = at
    payee.save()
    if payee.iban != earlier and earlier:
        iban_changed.send(Payee, payee=payee, at=at)
    work.add(organisation.pk, ISSUE)
    return payee


@transaction.atomic
def agree_to_self_billing(
    *, organisation: Organisation, payee: Payee, language: str, by: Member, at: datetime
) -> Agreement:
    """Record that a payee accepts the present text of the self-billing agreement; once, however often it is said."""
    agreement, _made = Agreement.objects.get_or_create(
        payee=payee,
        version=legal.AGREEMENT_VERSION,
        enterprise_number=payee.enterprise_number,
        defaults={
            "language": language,
            "text": legal.agreement(customer=organisation.legal_name or organisation.name, supplier=payee.name),
            "accepted_by": by,
            "accepted_at": at,
        },
    )
    work.add(organisation.pk, ISSUE)
    return agreement
