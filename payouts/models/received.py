"""Invoices that members send themselves."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from payouts.models.documents import Document
from payouts.models.payables import Payable


@pghistory.track()
class ReceivedInvoice(TenantModel):
    """A PDF that a member sent, until finance enters what it says: then it is a document, or it goes back.

    A UBL is read at once, and never waits here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("With finance")
        MATCHED = "matched", _("Matched")
        REFUSED = "refused", _("Sent back")

    member = models.ForeignKey(Member, models.PROTECT, related_name="received_invoices")
    file = models.FileField(upload_to="received")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField()
    refused_because = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="received")


class Claim(TenantModel):
    """That an invoice which waits is about an amount."""

    received = models.ForeignKey(ReceivedInvoice, models.PROTECT, related_name="claims")
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="claims")
    stands = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payable"], name="claimed_once", condition=models.Q(stands=True)
            )
        ]
