"""Months that are closed: their books take no more entries."""

import pgtrigger
from django.db import models

from kernel.models import TenantModel
from members.models import Member


class ClosedMonth(TenantModel):
    """That a month's books were closed. What happens for it later is booked on the first day after the last closed one."""

    month = models.DateField()
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "month"], name="month_closed_once")]
        triggers = [pgtrigger.Protect(name="closed_month_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
