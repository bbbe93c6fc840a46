"""Last year's cases under rules that are only a draft: asked for, reckoned by the worker, kept to be read."""

from django.db import models

from kernel.fields import OrderedJSONField
from kernel.models import TenantModel
from members.models import Member
from programmes.models import Draft


class Replay(TenantModel):
    """One run over the cases of a period, under the rules as they stood when it was asked for. Changes nothing else."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="replays")
    rules = OrderedJSONField()
    since = models.DateField()
    until = models.DateField()
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    result = OrderedJSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "draft", "-id"], name="replay_of_draft")]
