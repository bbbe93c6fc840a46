"""Those who are paid: who they are in law, where their money goes, what they agreed to."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from members.models import LANGUAGES, Member
from payouts.vat import Regime

REGIMES = [
    (Regime.ORDINARY, _("I charge VAT")),
    (Regime.EXEMPT, _("Small business, exempt from VAT (article 56bis in Belgium, KOR in the Netherlands)")),
]


@pghistory.track()
class Payee(TenantModel):
    """A member's details for being paid. Whoever has an enterprise is paid by invoice, employees with their wages."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("I have an enterprise (self-employed or company)")
        EMPLOYEE = "employee", _("I am on this organisation's payroll")
        PERSON = "person", _("I have no enterprise and am not on the payroll")

    member = models.ForeignKey(Member, models.PROTECT, related_name="payees")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("how you are paid"), max_length=10, choices=Kind)
    name = models.CharField(_("name in law"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    vat_regime = models.CharField(_("VAT"), max_length=10, choices=REGIMES, default=Regime.ORDINARY)
    employee_number = models.CharField(_("employee number"), max_length=20, blank=True)
    iban = EncryptedText(_("account number (IBAN)"), blank=True)
    iban_changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member"], name="payee_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="payee_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def iban_masked(self) -> str:
        """The account number as it may be shown: its country and last four digits."""
        return f"{self.iban[:2]}·· ···· {self.iban[-4:]}" if self.iban else ""


class Agreement(TenantModel):
    """That a payee agreed to invoices made in their name: who, when, and the very text."""

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    enterprise_number = models.CharField(max_length=20, default="")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.TextField()
    accepted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payee", "version", "enterprise_number"], name="agreement_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="agreement_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
