"""Those who are paid: who they are in law, how their VAT stands, where their money goes."""

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from members.models import Member
from payouts.masking import masked
from payouts.vat import Regime

REGIMES = [
    (Regime.ORDINARY.value, _("I am an ordinary VAT taxpayer")),
    (Regime.SMALL_BUSINESS.value, _("Small business in Belgium, exempt (article 56bis)")),
    (Regime.KOR.value, _("Small business in the Netherlands, exempt (KOR)")),
    (Regime.NOT_TAXABLE.value, _("I am not a taxable person for VAT")),
]


@pghistory.track()
class Payee(TenantModel):
    """A member's details for being paid. Whoever has an enterprise is paid by invoice, employees with their wages."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("I have an enterprise (self-employed or company)")
        EMPLOYEE = "employee", _("I am on this organisation's payroll")
        PERSON = "person", _("I have no enterprise and am not on the payroll")

    class Route(models.TextChoices):
        SELF_BILLED = "self_billed", _("The organisation makes my invoices out; I never have to write one")
        OWN_INVOICE = "own_invoice", _("I send my own invoices")

    member = models.ForeignKey(Member, models.PROTECT, related_name="payees")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("how you are paid"), max_length=10, choices=Kind)
    name = models.CharField(_("name in law"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    route = models.CharField(_("invoices"), max_length=12, choices=Route, default=Route.SELF_BILLED)
    receives_self_billing = models.BooleanField(
        _("My Peppol address is registered for self-billing documents"), default=False
    )
    employee_number = models.CharField(_("employee number"), max_length=20, blank=True)
    iban = EncryptedText(_("account number (IBAN)"), blank=True)
    iban_changed_at = models.DateTimeField(null=True)
    iban_rests_until = models.DateTimeField(null=True)
    is_natural_person = models.BooleanField(_("I work as a natural person, not through a company"), default=False)
    bsn = EncryptedText(_("citizen service number (BSN)"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)

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
        return masked(self.iban)

    @property
    def invoices_itself(self) -> bool:
        """Whether it is an enterprise that sends its own invoices."""
        return self.kind == self.Kind.ENTERPRISE and self.route == self.Route.OWN_INVOICE

    @property
    def is_invoiced_for(self) -> bool:
        """Whether the organisation makes invoices out in the payee's name."""
        return self.kind == self.Kind.ENTERPRISE and self.route == self.Route.SELF_BILLED

    def vat_on(self, day: date) -> "VatPosition | None":
        """Return the position that holds on a day; before the first one, that one. None for who declared nothing."""
        declared = sorted(self.vat_positions.all(), key=lambda one: (one.since, one.pk))
        return next((one for one in reversed(declared) if one.since <= day), declared[0] if declared else None)


class VatPosition(TenantModel):
    """What a payee declared of their VAT, from a day on. It cannot be seen from a number, so they have to say it."""

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="vat_positions")
    regime = models.CharField(max_length=16, choices=REGIMES)
    vat_number = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    declared_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="vat_position_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
