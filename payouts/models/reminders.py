"""Reminders of invoices that members are late to pay."""

from django.db import models

from kernel.models import TenantModel
from payouts.models.documents import Document


class PaymentReminder(TenantModel):
    """That a member was reminded of a sales invoice: the first time, the second."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "document", "number"], name="payment_reminder_once")
        ]
