"""Programmes, and the published versions of their rules."""

from functools import lru_cache

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.fields import OrderedJSONField
from kernel.models import TenantModel
from members.models import Member
from programmes.engine.rules import RuleSet

CASE_KINDS = [
    ("referral", _("Recommending a person")),
    ("lead", _("Bringing in a client")),
    ("opportunity", _("Sharing an opportunity")),
    ("activity", _("Contributing in another way")),
]


@pghistory.track()
class Programme(TenantModel):
    """What an organisation promises for one kind of case; what exactly, its versions say."""

    name = models.CharField(_("name"), max_length=80)
    case_kind = models.CharField(_("for"), max_length=12, choices=CASE_KINDS)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="programme_once")]

    def __str__(self) -> str:
        return self.name


class Version(TenantModel):
    """A published rule set, in force from a date until the next one's; the database refuses every change.

    `texts` is what the organisation says in its own words, by language.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rules = OrderedJSONField()
    effective_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "programme", "number"], name="version_once")]
        triggers = [pgtrigger.Protect(name="version_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def rule_set(self) -> RuleSet:
        """The rules, read and compiled once per process: a version never changes."""
        known = _read(self.pk)
        if not known:
            known.append(RuleSet.read(self.rules))
        return known[0]


class Draft(TenantModel):
    """Rules that are being written: for a new programme, or for the next version of one. May be full of mistakes."""

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="drafts")
    name = models.CharField(_("name"), max_length=80)
    document = OrderedJSONField()
    texts = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "programme"], name="draft_once")]

    def __str__(self) -> str:
        return self.name


class Acceptance(TenantModel):
    """That a member read a version's terms and agreed to them."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="acceptances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "version", "member"], name="acceptance_once")]
        triggers = [pgtrigger.Protect(name="acceptance_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


@lru_cache(maxsize=4096)
def _read(version_id: int) -> list[RuleSet]:
    return []
