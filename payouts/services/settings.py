"""How the organisation invoices and pays."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel import sending, work
from members.models import Organisation
from payouts.models import Entitlement, PayoutSettings
from payouts.selectors.settings import payout_settings
from payouts.services.documents import ISSUE
from payouts.services.looking import look_again
from payouts.services.transmitting import SEND
from referrals.models import Case


@transaction.atomic
def save(*, organisation: Organisation, fields: Mapping[str, Any]) -> PayoutSettings:
    """Keep settings; what waited for them is made out, and what is paid on follows them."""
    before = payout_settings().pays_introducers
    saved, _made = PayoutSettings.objects.update_or_create(defaults=dict(fields))
    if saved.pays_introducers != before:
        owed = Entitlement.objects.filter(owed_by="performer").values("case")
        look_again(Case.objects.filter(pk__in=owed), organisation.pk, timezone.localdate())
    work.add(organisation.pk, ISSUE)
    return saved


@transaction.atomic
def save_sending(*, organisation: Organisation, fields: Mapping[str, Any]) -> None:
    """Keep how invoices leave; a new address of the access point gets a new secret, and what waited is sent."""
    before, changes = payout_settings(), dict(fields)
    if changes["access_point_url"] != before.access_point_url:
        changes["access_point_secret"] = sending.new_secret() if changes["access_point_url"] else ""
    PayoutSettings.objects.update_or_create(defaults=changes)
    work.add(organisation.pk, SEND)
