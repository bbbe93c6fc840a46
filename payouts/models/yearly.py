"""What was handed to the tax authorities' forms of a year."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member


class YearlyExport(TenantModel):
    """That the payments of a year were exported for a yearly form: by whom, how many people, as which file."""

    class Form(models.TextChoices):
        UBD = "ubd", _("Payments to third parties (UBD)")
        BE_281_50 = "281.50", _("Fiches 281.50")

    form = models.CharField(max_length=6, choices=Form)
    year = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()
    exported_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    exported_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="yearly_export_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
