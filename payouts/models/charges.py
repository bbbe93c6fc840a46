"""What members owe the organisation."""

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member


@pghistory.track()
class Charge(TenantModel):
    """An amount that a member owes the organisation, without VAT, on its way to a sales invoice."""

    class Kind(models.TextChoices):
        DUES = "dues", _("Dues")
        REGISTRATION = "registration", _("Registration fee")
        REMITTANCE = "remittance", _("Remittance")
        OTHER = "other", _("Something else")

    member = models.ForeignKey(Member, models.PROTECT, related_name="charges")
    kind = models.CharField(_("what for"), max_length=12, choices=Kind)
    description = models.CharField(_("as it stands on the invoice"), max_length=160)
    amount = models.DecimalField(
        _("amount without VAT"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0.01)]
    )
    currency = models.CharField(max_length=3, default="EUR")
    supplied_on = models.DateField(_("day or end of the period"))
    raised_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    problems = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="charge_is_positive")]
