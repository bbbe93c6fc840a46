"""Documents that are to be taken back as a whole."""

import pgtrigger
from django.db import models

from kernel.models import TenantModel
from members.models import Member
from payouts.models.documents import Document


class CreditOrder(TenantModel):
    """That a document is to be credited as a whole: the worker makes the credit note out."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="credit_orders")
    because = models.CharField(max_length=400)
    ordered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "document"], name="credit_order_once")]
        triggers = [pgtrigger.Protect(name="credit_order_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
