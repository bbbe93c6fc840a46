"""Members who thank each other, where the others can read it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models.organisations import Member


@pghistory.track(
    pghistory.InsertEvent(), pghistory.DeleteEvent(), fields=["by", "to", "organisation"], model_name="ThanksEvent"
)
class Thanks(TenantModel):
    """What a member thanks another one for."""

    by = models.ForeignKey(Member, models.PROTECT, related_name="thanked")
    to = models.ForeignKey(Member, models.PROTECT, related_name="thanks")
    text = models.CharField(_("what for"), max_length=280)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(by=F("to")), name="thanks_to_another")]
        indexes = [
            models.Index(fields=["organisation", "-said_at"], name="thanks_by_day"),
            models.Index(fields=["organisation", "to", "-said_at"], name="thanks_to_member"),
        ]

    def __str__(self) -> str:
        return self.text
