"""Invoices on their way to another's books."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from payouts.models.documents import Document


class Transmission(TenantModel):
    """A document that is sent over Peppol, once; after a refusal another one can be begun.

    `key` is what the other side knows it by. `answer` is what was said last: why it was refused, or not reached.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be handed over")
        HANDED_OVER = "handed_over", _("handed over")
        DELIVERED = "delivered", _("delivered")
        REFUSED = "refused", _("refused")

    document = models.ForeignKey(Document, models.PROTECT, related_name="transmissions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    sender = models.CharField(max_length=40)
    receiver = models.CharField(max_length=40)
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    noted_at = models.DateTimeField()
    is_staged = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="transmission_key"),
            models.UniqueConstraint(
                fields=["organisation", "document"], name="transmission_once", condition=~Q(state="refused")
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "next_try_at"],
                name="transmission_due",
                condition=Q(next_try_at__isnull=False),
            )
        ]
        triggers = [pgtrigger.Protect(name="transmission_stays", operation=pgtrigger.Delete)]

    @property
    def is_given_up(self) -> bool:
        """Whether nobody was reached, however often it was tried."""
        return self.state == self.State.WAITING and self.next_try_at is None
