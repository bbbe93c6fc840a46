"""What is owed, as the newest assessment of each case says."""

from django.db import models
from django.db.models import Q

from kernel.models import TenantModel
from members.models import Member
from programmes.engine.assessment import Standing
from programmes.models import Version
from referrals.models import Case, Fact


class Entitlement(TenantModel):
    """One party's part of one instalment, as the newest assessment of its case says.

    A share's instalment is keyed by the revenue fact that it follows from, and keeps number 0. Of what the performer owes,
    `released` is what can be paid on now; `promised`, what did not wait for the performer to pay. A share of a pot names
    its member, and the coins that it is for; no assessment changes it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entitlements", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    reward = models.CharField(max_length=40)
    placement = models.CharField(max_length=20)
    instalment = models.PositiveSmallIntegerField()
    revenue = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+", db_index=False)
    party = models.CharField(max_length=12)
    owed_by = models.CharField(max_length=12)
    state = models.CharField(max_length=6, choices=[(state, state) for state in Standing])
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    released = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    promised = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    at_most = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=5)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    coins = models.PositiveIntegerField(null=True)
    due_on = models.DateField(null=True)
    learned_at = models.DateTimeField(null=True)
    pay_by = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation", "case", "version", "reward", "placement", "instalment", "revenue", "party"
                ],
                nulls_distinct=False,
                name="entitlement_once",
            ),
            models.CheckConstraint(
                condition=Q(state="due", due_on__isnull=False, amount__isnull=False) | ~Q(state="due"),
                name="entitlement_due_has_amount",
            ),
        ]  # fmt: skip
        # By case it is found by what keeps it unique; every other index costs each of the many rows of an assessment.
        indexes = [
            models.Index(fields=["organisation", "due_on", "id"], name="entitlement_due", condition=Q(state="due")),
            models.Index(
                fields=["organisation", "member"], name="entitlement_of_member", condition=Q(member__isnull=False)
            ),
        ]

    @property
    def is_promised(self) -> bool:
        """Whether all of it is paid on without waiting for the performer to pay."""
        return bool(self.amount) and self.promised == self.amount

    @property
    def currency(self) -> str:
        """The unit in which it is booked."""
        return self.unit
