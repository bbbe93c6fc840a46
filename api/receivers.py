"""What happens below is followed here."""

from typing import Any

from django.dispatch import receiver

from api.models import Answer
from referrals.models import Case
from referrals.signals import person_forgotten


@receiver(person_forgotten)
def forget_in_answers(sender: Any, cases: list[Case], **_: Any) -> None:
    """Leave nothing of an erased person in answers that may be given again; which case it was stays."""
    for case in cases:
        Answer.objects.filter(body__reference=case.reference).update(body={"reference": case.reference})
