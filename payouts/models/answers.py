"""What members say to documents that were made out in their name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from payouts.models.documents import Document


class DocumentAnswer(TenantModel):
    """That a member accepts a document, or contests it and why; and how the contest ended. One for each document."""

    class Outcome(models.TextChoices):
        STANDS = "stands", _("The document stands")
        CREDITED = "credited", _("A credit note takes it back")
        WITHDRAWN = "withdrawn", _("The member accepts it after all")

    document = models.ForeignKey(Document, models.PROTECT, related_name="answers")
    accepted = models.BooleanField()
    because = models.CharField(_("what is wrong"), max_length=400, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    reply = models.CharField(_("our answer"), max_length=400, blank=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "document"], name="document_answer_once"),
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(because=""), name="contest_says_why"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="settled_has_outcome",
            ),
        ]

    @property
    def is_open_contest(self) -> bool:
        """Whether the document is contested, and nobody settled it: then it is not paid."""
        return not self.accepted and self.settled_at is None
