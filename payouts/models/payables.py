"""Amounts on their way to members, and differences that were found afterwards."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from payouts.models.entitlements import Entitlement
from payouts.states import PayableState

if TYPE_CHECKING:
    from payouts.models.documents import Line


@pghistory.track()
class Payable(TenantModel):
    """An amount on its way to a member: proposed by one person, approved by another, paid. The amount is frozen.

    One that corrects an earlier one names the adjustment that it follows from; it may be negative. What a performer owes
    is paid on as they pay it, in as many releases, each promised by a day of its own: `pay_by`, as it stood when it was proposed.
    """

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="payables")
    adjustment = models.ForeignKey("Adjustment", models.PROTECT, null=True, related_name="corrections")
    member = models.ForeignKey(Member, models.PROTECT, related_name="payables")
    release = models.PositiveSmallIntegerField(default=0)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    pay_by = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PayableState], default="proposed")
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    sent_back_because = models.CharField(_("reason"), max_length=400, blank=True)
    paid_on = models.DateField(null=True)
    problems = models.CharField(max_length=200, blank=True)
    payment_reference = models.CharField(_("reference of the payment"), max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "entitlement", "member", "release"],
                name="payable_once",
                condition=Q(adjustment=None) & ~Q(state="sent_back"),
            ),
            models.UniqueConstraint(
                fields=["organisation", "adjustment"], name="payable_corrects_once", condition=~Q(state="sent_back")
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="payable_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("member")), name="payable_not_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "paid"], approved_by__isnull=False)
                | Q(state__in=["proposed", "sent_back"], approved_by__isnull=True),
                name="payable_approved_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "id"], name="payable_state")]

    @property
    def line(self) -> "Line | None":
        """The line on which it stands: of a document that was credited since, none. Reads `lines`, once prefetched."""
        found = list(self.lines.all())
        taken_back = {line.reverses_id for line in found}
        return next((line for line in found if line.reverses_id is None and line.pk not in taken_back), None)


@pghistory.track()
class Adjustment(TenantModel):
    """A difference between what was approved and what a later assessment says; finance decides on it.

    Corrected, it becomes a payable of the difference, with four eyes as any other. Waived, nothing is paid or claimed:
    one proposes that, and someone else settles it.
    """

    payable = models.ForeignKey(Payable, models.PROTECT, related_name="adjustments")
    difference = models.DecimalField(max_digits=14, decimal_places=2)
    found_at = models.DateTimeField()
    waiver_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    waived = models.BooleanField(default=False)
    note = models.CharField(_("what was decided"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable"], name="adjustment_open_once", condition=Q(settled_at=None)
            ),
            models.CheckConstraint(
                condition=Q(waived=False)
                | Q(waiver_by__isnull=False, settled_by__isnull=False) & ~Q(settled_by=F("waiver_by")),
                name="adjustment_waiver_four_eyes",
            ),
        ]
