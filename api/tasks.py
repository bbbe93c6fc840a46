"""What the worker does for the API."""

from celery import shared_task
from django.utils import timezone

from api.base import KEPT
from api.models import Answer
from kernel.tenancy import tenant
from members.models import Organisation


@shared_task
def forget_answers() -> None:
    """Forget, once a night, the answers whose requests nobody sends again."""
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        with tenant(organisation_id):
            Answer.objects.filter(answered_at__lt=timezone.now() - KEPT).delete()
