"""What saved points can be redeemed for, and who redeemed them."""

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member

POINT = "point"


@pghistory.track()
class CatalogueItem(TenantModel):
    """Something that points can be redeemed for. Without a stock there is always enough; without an approver finance decides."""

    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what one gets"), max_length=400, blank=True)
    points = models.PositiveIntegerField(_("points"), validators=[MinValueValidator(1), MaxValueValidator(1_000_000)])
    stock = models.PositiveIntegerField(_("in stock"), null=True, blank=True)
    approver = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    is_offered = models.BooleanField(_("offered to members"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="catalogue_item_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Redemption(TenantModel):
    """Points that a member redeems: taken off their balance at once, given back when it is refused or withdrawn."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for approval")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="redemptions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="redemptions")
    points = models.PositiveIntegerField()
    wish = models.CharField(_("what you have in mind"), max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    said = models.CharField(_("what the member reads"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item", "member"], name="redemption_asked_once", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("member")), name="redemption_not_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "refused"], decided_by__isnull=False)
                | Q(state__in=["asked", "withdrawn"], decided_by__isnull=True),
                name="redemption_decided_by_someone",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="redemption_stays_as_asked", fields=["item", "member", "points", "wish", "asked_at"]
            ),
            pgtrigger.Protect(name="redemption_stays", operation=pgtrigger.Delete),
        ]

    @property
    def currency(self) -> str:
        """The unit in which it is booked."""
        return POINT
