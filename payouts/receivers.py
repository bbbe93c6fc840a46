"""A fact was recorded: its case has to be assessed."""

from typing import Any

from django.dispatch import receiver

from kernel import work
from payouts.services.assessing import ASSESS
from referrals.models import Case
from referrals.signals import facts_recorded


@receiver(facts_recorded)
def have_it_assessed(sender: type[Case], case: Case, **_: Any) -> None:
    """Note, in the same transaction, that the organisation has a case to assess."""
    work.add(case.organisation_id, ASSESS)
