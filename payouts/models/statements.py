"""Bank statements: what happened on the organisation's account, and what each movement settled."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from members.models import Member
from payouts.masking import masked
from payouts.models.documents import Document
from payouts.models.payments import Payment


class Statement(TenantModel):
    """A bank statement that was imported, known by the hash of its file."""

    sha256 = models.CharField(max_length=64)
    identifier = models.CharField(max_length=140)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    opened = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    closed = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    imported_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256", "identifier"], name="statement_once")]
        triggers = [pgtrigger.Protect(name="statement_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


@pghistory.track(pghistory.UpdateEvent(), exclude=["iban"])
class Movement(TenantModel):
    """Money that came, positive, or went, negative; and what it settled. Known by its key, in whichever statement."""

    class State(models.TextChoices):
        OPEN = "open", _("To be matched")
        SETTLED = "settled", _("Matched")
        IGNORED = "ignored", _("Not for here")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="movements")
    key = models.CharField(max_length=64)
    on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=140, blank=True)
    iban = EncryptedText(blank=True)
    end_to_end_id = models.CharField(max_length=35, blank=True)
    reference = models.CharField(max_length=25, blank=True)
    text = models.CharField(max_length=280, blank=True)
    is_return = models.BooleanField(default=False)
    return_reason = models.CharField(max_length=140, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    note = models.CharField(_("why"), max_length=200, blank=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="movements")
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="movement_once")]
        indexes = [models.Index(fields=["organisation", "on", "id"], name="movement_open", condition=Q(state="open"))]
        triggers = [
            pgtrigger.ReadOnly(
                name="movement_is_final", exclude=["state", "note", "payment", "settled_by", "settled_at"]
            ),
            pgtrigger.Protect(name="movement_stays", operation=pgtrigger.Delete),
        ]

    @property
    def iban_masked(self) -> str:
        """The other side's account number as it may be shown."""
        return masked(self.iban)


class Receipt(TenantModel):
    """What a member paid of a sales invoice, by a movement of the bank; negative, what they were given back of it.

    What was paid too much of one invoice is set off against another of the same member: two receipts that cancel each other
    out, without a movement, each naming the other's document. What was matched wrongly is taken back by a receipt of the
    opposite amount, which names it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="receipts")
    movement = models.ForeignKey(Movement, models.PROTECT, null=True, related_name="receipts")
    against = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    takes_back = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken_back_by", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    on = models.DateField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "takes_back"],
                condition=Q(takes_back__isnull=False),
                name="receipt_taken_back_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="receipt_is_something"),
            models.CheckConstraint(
                condition=Q(movement__isnull=True, against__isnull=False)
                | Q(movement__isnull=False, against__isnull=True),
                name="receipt_from_somewhere",
            ),
        ]
        triggers = [pgtrigger.Protect(name="receipt_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
