"""The pots that a network divides over the coins of a year."""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from payouts.counting import worth
from referrals.models import Case


@pghistory.track()
class Pot(TenantModel):
    """A year's pot on its way to being divided: proposed by one, open to objections for a while, closed by another.

    From the proposal on, what comes late counts for the next year. Closed, its shares are entitlements of its case; what
    nobody has coins for is `carried_over` to the next, and so are the coins of a year in which nothing is to be divided.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("open to objections")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("taken back")

    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    currency = models.CharField(max_length=3, default="EUR")
    brought_in = models.DecimalField(max_digits=14, decimal_places=2)
    set_aside = models.DecimalField(max_digits=14, decimal_places=2)
    coins = models.PositiveIntegerField()
    carried_over = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="pots")
    objections_until = models.DateField()
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="pot_once", condition=~Q(state="withdrawn")),
            models.CheckConstraint(
                condition=Q(state="closed", closed_by__isnull=False) | ~Q(state="closed") & Q(closed_by__isnull=True),
                name="pot_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("proposed_by")), name="pot_four_eyes"
            ),
        ]

    @property
    def total(self) -> Decimal:
        """What was in it: of the years before, and of its own."""
        return self.brought_in + self.set_aside

    @property
    def carries_coins(self) -> bool:
        """Whether it was closed, and its coins count for the next year."""
        return bool(self.state == self.State.CLOSED and self.coins and not self.case_id)

    @property
    def worth(self) -> Decimal | None:
        """What a coin was worth, in whole cents; None where it could not be divided."""
        return worth(self.total, self.coins)


class PotObjection(TenantModel):
    """What a member holds against the division of a pot, and the answer; it is not closed before."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="objections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.CharField(_("what is wrong"), max_length=1000)
    said_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["said_at", "id"]
