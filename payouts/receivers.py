"""What happened below becomes work: cases to assess, documents to make out."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from kernel import work
from members.models import Application, Member, Organisation
from members.signals import legal_data_changed, member_admitted
from payouts.services import dues
from payouts.services.documents import ISSUE
from payouts.services.looking import ASSESS
from referrals.models import Case
from referrals.signals import facts_recorded


@receiver(facts_recorded)
def have_it_assessed(sender: type[Case], cases: list[Case], **_: Any) -> None:
    """Note, in the same transaction, that an organisation has cases to assess."""
    for organisation_id in {case.organisation_id for case in cases}:
        work.add(organisation_id, ASSESS)


@receiver(member_admitted)
def charge_the_registration_fee(
    sender: type[Member], member: Member, application: Application, at: datetime, **_: Any
) -> None:
    """Charge who was admitted and joined the fee that they accepted."""
    dues.charge_registration(member=member, fee=application.accepted_fee, at=at)


@receiver(legal_data_changed)
def make_out_what_waited(sender: type[Organisation], organisation: Organisation, **_: Any) -> None:
    """Note that documents can be made out which waited for the organisation's own data."""
    work.add(organisation.pk, ISSUE)
