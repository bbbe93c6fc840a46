"""What follows elsewhere from erasing a person."""

from typing import Any

from django.dispatch import receiver

from privacy.services import erasing
from referrals.models import Case
from referrals.signals import person_forgotten


@receiver(person_forgotten)
def empty_what_finance_wrote(sender: type[Case], cases: list[Case], **_: Any) -> None:
    """Empty finance's reasons and notes about the cases of a person who was erased: they may name them."""
    erasing.empty_texts_of(cases)
