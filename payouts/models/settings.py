"""How an organisation invoices and pays."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from payouts.masking import masked
from payouts.vat import Regime

OWN_REGIMES = [
    (Regime.ORDINARY.value, _("Ordinary VAT taxpayer")),
    (Regime.SMALL_BUSINESS.value, _("Exempt in Belgium (article 56bis)")),
    (Regime.KOR.value, _("Exempt in the Netherlands (KOR)")),
]


@pghistory.track()
class PayoutSettings(TenantModel):
    """How an organisation invoices and pays; `words` are its own legal sentences, by code and language.

    `wage_codes` are those of programmes, by their ids, that differ from `wage_code`.
    `account_codes` are the accountant's numbers of our accounts, by their kind.
    """

    class Period(models.TextChoices):
        EACH = "each", _("Each amount at once, in a document of its own")
        MONTH = "month", _("Once a month, all amounts of a member in one document")

    class Introducers(models.TextChoices):
        AFTER_PAYMENT = "after_payment", _("As far as the performer has paid")
        AT_ONCE = "at_once", _("At once, whether the performer has paid or not")

    class Transport(models.TextChoices):
        FOLDER = "folder", _("A folder, which the connector of an access point empties")
        ACCESS_POINT = "access_point", _("An access point, which is posted to")
        NONE = "none", _("Nothing is sent; members find their documents here")

    iban = EncryptedText(_("account number (IBAN)"), blank=True)
    period = models.CharField(_("documents"), max_length=5, choices=Period, default=Period.EACH)
    remittance_period = models.CharField(
        _("invoices of remittances"), max_length=5, choices=Period, default=Period.MONTH
    )
    pays_introducers = models.CharField(
        _("introducers are paid"), max_length=13, choices=Introducers, default=Introducers.AFTER_PAYMENT
    )
    objection_days = models.PositiveSmallIntegerField(
        _("days to object to the division of a pot"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    sales_term = models.PositiveSmallIntegerField(
        _("days to pay our invoices"), default=30, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    vat_regime = models.CharField(
        _("VAT of the organisation"), max_length=16, choices=OWN_REGIMES, default=Regime.ORDINARY.value
    )
    wage_code = models.CharField(_("wage code of bonuses"), max_length=20, blank=True)
    wage_codes = models.JSONField(default=dict, blank=True)
    account_codes = models.JSONField(default=dict, blank=True)
    transport = models.CharField(_("invoices leave by"), max_length=12, choices=Transport, default=Transport.FOLDER)
    access_point_url = models.URLField(_("address of the access point"), max_length=300, blank=True)
    access_point_secret = EncryptedText(blank=True)
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="payout_settings_once")]

    @property
    def iban_masked(self) -> str:
        """The account number as it may be shown."""
        return masked(self.iban)
