"""Cases and what happened in them."""

from datetime import datetime

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from programmes.models import CASE_KINDS, Version
from referrals.models.openings import SENIORITIES, Client, Opening
from referrals.models.people import Candidate
from referrals.pipeline import Stage

KINDS = [*CASE_KINDS, ("pot", _("Dividing a pot"))]


@pghistory.track(fields=["recruiter", "introducer", "opening", "candidate", "organisation"], model_name="CaseEvent")
class Case(TenantModel):
    """Anything that runs under a programme. Its stage is a projection of its facts, written with each of them.

    What a member brings in `for_organisation` earns them nothing: the introducer's part stays with the organisation.
    Whoever `applied` came by the introducer's shared link, and typed their own data. `informed_at` is when the person
    was told, by mail, that we have their data, from whom, and how to object (art. 14 GDPR).
    """

    reference = models.CharField(max_length=8)
    kind = models.CharField(max_length=12, choices=KINDS, default="referral")
    introducer = models.ForeignKey(Member, models.PROTECT, related_name="cases")
    recruiter = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="cases")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="leads")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="cases")
    shares_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    submitted_at = models.DateTimeField()
    informed_at = models.DateTimeField(null=True)
    applied = models.BooleanField(default=False)
    for_organisation = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=12, choices=[(stage, stage) for stage in Stage], default=Stage.RECEIVED)
    stage_since = models.DateField()
    answer = models.CharField(max_length=20, blank=True)
    is_over = models.BooleanField(default=False)
    next_check_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "reference"], name="case_reference")]
        indexes = [
            models.Index(fields=["organisation", "introducer", "-submitted_at"], name="case_of_member"),
            models.Index(
                fields=["organisation", "stage", "-stage_since", "-id"],
                name="case_on_board",
                condition=models.Q(is_over=False),
            ),
            models.Index(
                fields=["organisation", "shares_with"],
                name="case_joined",
                condition=models.Q(shares_with__isnull=False),
            ),
            models.Index(
                fields=["organisation", "next_check_on", "id"],
                name="case_to_check",
                condition=models.Q(next_check_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def leading(self) -> "Case":
        """The case that tells what happens: this one, or the one that it was joined with."""
        return self.shares_with or self

    @property
    def owned_from(self) -> datetime | None:
        """When the introduction became the introducer's: at once, but by a shared link only with the person's yes."""
        return self.claimed_at if self.applied else self.submitted_at


class Pin(TenantModel):
    """The version of a programme under which a case was submitted, and stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pins")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "case", "version"], name="pin_once")]
        triggers = [pgtrigger.Protect(name="pin_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


class Fact(TenantModel):
    """Something that happened in a case, on a day; never changed, at most retracted by a later row.

    `values` holds ids and codes only: what can identify a person stands in tables that can be erased.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=24)
    on = models.DateField()
    placement = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    retracts = models.ForeignKey("self", models.PROTECT, null=True, related_name="retractions")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "retracts"], name="fact_retracted_once")]
        indexes = [
            models.Index(fields=["organisation", "case", "on", "id"], name="fact_of_case"),
            models.Index(fields=["organisation", "-recorded_at", "-id"], name="fact_recorded"),
        ]
        triggers = [pgtrigger.Protect(name="fact_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]


class Placement(TenantModel):
    """An assignment or job that a person got: which, and where. When, its facts say.

    Of an opportunity, the performer is the member who does the work, or talks about it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="placements")
    key = models.CharField(max_length=20)
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="placements", verbose_name=_("client"))
    performer = models.ForeignKey(Member, models.PROTECT, null=True, related_name="placements")
    title = models.CharField(_("assignment or job"), max_length=120)
    seniority = models.CharField(_("seniority"), max_length=8, choices=SENIORITIES, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "case", "key"], name="placement_once"),
            models.UniqueConstraint(
                fields=["organisation", "case", "performer"],
                name="placement_of_performer_once",
                condition=models.Q(performer__isnull=False),
            ),
        ]


class Note(TenantModel):
    """A text about a case: the introducer's words, a recruiter's note, the reason of a rejection."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("How I know them")
        NOTE = "note", _("Note")
        REASON = "reason", _("Reason")

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField(_("text"), max_length=4000)
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="notes")
    author = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
