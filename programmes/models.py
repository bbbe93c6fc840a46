"""Programmes, and the published versions of their rules."""

from functools import lru_cache

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

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
    """A published rule set, in force from a date until the next one's; the database refuses every change."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rules = models.JSONField()
    effective_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

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


@lru_cache(maxsize=4096)
def _read(version_id: int) -> list[RuleSet]:
    return []
