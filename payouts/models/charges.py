"""What members owe the organisation."""

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from referrals.models import Fact


@pghistory.track()
class Charge(TenantModel):
    """An amount that a member owes the organisation, without VAT, on its way to a sales invoice.

    Dues that are charged by themselves name the first day of their period.

    A remittance names the turnover that it is a share of. Negative, it gives some of that back, by a credit note; while
    it stands on no document, it changes with what is owed.
    """

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
    revenue = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="charges")
    currency = models.CharField(max_length=3, default="EUR")
    supplied_on = models.DateField(_("day or end of the period"))
    period_from = models.DateField(null=True, editable=False)
    raised_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    problems = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member", "period_from"], name="dues_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0) | models.Q(amount__lt=0, revenue__isnull=False),
                name="charge_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="remittance", revenue__isnull=False)
                | ~models.Q(kind="remittance") & models.Q(revenue__isnull=True),
                name="charge_remittance_of_turnover",
            ),
        ]
