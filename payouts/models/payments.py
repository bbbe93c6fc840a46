"""Money on its way through the bank: payments, and the batches in which they go there."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from members.models import Member
from payouts.masking import masked
from payouts.models.documents import Document


@pghistory.track(exclude=["iban"])
class Batch(TenantModel):
    """Payments that go to the bank in one file: proposed by one person, approved by another, executed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for approval")
        APPROVED = "approved", _("Approved, for the bank")
        EXECUTED = "executed", _("Executed")
        CANCELLED = "cancelled", _("Cancelled")

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    execute_on = models.DateField(_("day of execution"))
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=120)
    iban = EncryptedText()
    proposed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="batch_number"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name="batch_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "executed"], approved_by__isnull=False)
                | Q(state__in=["proposed", "cancelled"], approved_by__isnull=True),
                name="batch_approved_by_someone",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_batch_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["approved", "executed"])
                & (
                    pgtrigger.Q(old__iban__df=pgtrigger.F("new__iban"))
                    | pgtrigger.Q(old__execute_on__df=pgtrigger.F("new__execute_on"))
                ),
            )
        ]


@pghistory.track(exclude=["iban"])
class Payment(TenantModel):
    """An amount that leaves the organisation's account for a member's, as it was decided: only how it went changes.

    Without a batch it was paid by hand; by hand it can be negative, which is money that a member gave back, or zero, for
    documents that cancel each other out. `reference` is a structured one, `text` what the member reads on their statement.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("On its way to the bank")
        PAID = "paid", _("Paid")
        RETURNED = "returned", _("Came back")
        REFUSED = "refused", _("Refused by the bank")
        DROPPED = "dropped", _("Left out")

    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="payments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35)
    name = models.CharField(max_length=120)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    iban = EncryptedText(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=25, blank=True)
    text = models.CharField(max_length=140, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    paid_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    return_reason = models.CharField(max_length=140, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "end_to_end_id"], name="payment_end_to_end"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(batch__isnull=True), name="payment_of_a_batch_is_positive"
            ),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid_on__isnull=False), name="payment_paid_on_a_day"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="payment_is_decided",
                exclude=["state", "paid_on", "returned_on", "return_reason"],
            ),
            pgtrigger.Protect(name="payment_stays", operation=pgtrigger.Delete),
        ]

    @property
    def iban_masked(self) -> str:
        """The account number as it may be shown."""
        return masked(self.iban)


class PaymentPart(TenantModel):
    """What a payment pays: a document, or a credit note that lessens it. It stands until the payment is dropped or returned."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="parts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="payment_parts")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    stands = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "document"], name="document_paid_once", condition=Q(stands=True)
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="payment_part_is_decided", exclude=["stands"]),
            pgtrigger.Protect(name="payment_part_stays", operation=pgtrigger.Delete),
        ]
