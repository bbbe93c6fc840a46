"""Self-billing agreements: the texts that an organisation publishes, and who accepted which."""

import pgtrigger
from django.db import models

from kernel.models import TenantModel
from members.models import LANGUAGES, Member
from payouts.models.payees import Payee

FINAL = pgtrigger.Update | pgtrigger.Delete


class AgreementText(TenantModel):
    """A version of an organisation's self-billing agreement, in its languages. Before the first, the built-in one holds.

    `texts` is by language; `{customer}`, `{supplier}` and `{days}` in it stand for names and the days to contest.
    """

    version = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    days_to_contest = models.PositiveSmallIntegerField()
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "version"], name="agreement_text_version")]
        triggers = [pgtrigger.Protect(name="agreement_text_is_final", operation=FINAL)]


class Agreement(TenantModel):
    """That a payee agreed to invoices made in their name: who, when, the very text, and how long each can be contested."""

    payee = models.ForeignKey(Payee, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    enterprise_number = models.CharField(max_length=20, default="")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    text = models.TextField()
    days_to_contest = models.PositiveSmallIntegerField(default=14)
    accepted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "payee", "version", "enterprise_number"], name="agreement_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="agreement_is_final", operation=FINAL)]
