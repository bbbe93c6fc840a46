"""What was answered to requests that carry an idempotency key."""

from django.db import models

from kernel.models import TenantModel
from members.models import ApiKey


class Answer(TenantModel):
    """The answer to a request, given again to the same request, and to no other under the same key."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    request_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "api_key", "key"], name="answer_once")]
