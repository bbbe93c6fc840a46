"""The work of this layer, as the sweep knows it."""

from django.utils import timezone

from api.base import KEPT
from api.models import Answer
from kernel import work
from kernel.tenancy import tenant


@work.handles("answers", nightly=True)
def forget_answers(organisation_id: int) -> bool:
    """Forget the answers whose requests nobody sends again."""
    with tenant(organisation_id):
        Answer.objects.filter(answered_at__lt=timezone.now() - KEPT).delete()
    return True
