"""Opportunities that members share with each other, who is interested, and what came of them."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from referrals.models.cases import Case, Fact, Placement
from referrals.pipeline import LANDED_OR_OVER


@pghistory.track(fields=["title", "visibility", "starts_on", "organisation"], model_name="OpportunityEvent")
class Opportunity(TenantModel):
    """Work that a member shares before it is public: what is known of it so far. Its client, if any, is the case's.

    `moved_at` is the last sign of life; after a period without one the sharer is reminded, and then it is closed. `widened_at` is
    when it was opened last to the whole network, where only chosen members saw it before: it is news from then on.
    """

    class What(models.TextChoices):
        ASSIGNMENT = "assignment", _("An assignment")
        PROPOSITION = "proposition", _("A proposition to make together")
        COMPANY = "company", _("A company to found together")

    class Early(models.TextChoices):
        HEARD = "heard", _("I heard of it, nobody looks yet")
        ASKED = "asked", _("They asked me whether I know someone")
        SOON = "soon", _("It is published soon")
        PUBLIC = "public", _("It is public already")

    class Visibility(models.TextChoices):
        NETWORK = "network", _("The whole network")
        CHOSEN = "chosen", _("Only members whom I choose")
        ANONYMISED = "anonymised", _("The whole network, without the client until someone is introduced")

    class Presence(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        HYBRID = "hybrid", _("Partly on site")
        REMOTE = "remote", _("From anywhere")

    case = models.ForeignKey(Case, models.PROTECT, related_name="opportunities")
    what = models.CharField(_("what it is"), max_length=12, choices=What, default=What.ASSIGNMENT)
    title = models.CharField(_("in one line"), max_length=120)
    disciplines = ArrayField(models.CharField(max_length=60), verbose_name=_("disciplines"), default=list)
    town = models.CharField(_("town"), max_length=80, blank=True)
    presence = models.CharField(_("where"), max_length=8, choices=Presence, default=Presence.HYBRID)
    starts_on = models.DateField(_("from when"), null=True, blank=True)
    lasts = models.CharField(_("how long"), max_length=80, blank=True)
    days_a_week = models.DecimalField(
        _("days a week"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(7)],
    )
    rate = models.CharField(_("rate"), max_length=80, blank=True)
    about = models.TextField(_("what the work is"), max_length=2000, blank=True)
    known_how = models.TextField(_("how I know"), max_length=1000, blank=True)
    early = models.CharField(_("how early it is"), max_length=8, choices=Early, default=Early.ASKED)
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.NETWORK)
    moved_at = models.DateTimeField()
    widened_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "case"], name="opportunity_once")]
        indexes = [GinIndex(fields=["disciplines"], name="opportunity_disciplines")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for somebody: nobody landed it, and it is not over."""
        return self.case.stage not in LANDED_OR_OVER


@pghistory.track(fields=["opportunity", "member", "state", "organisation"], model_name="InterestEvent")
class Interest(TenantModel):
    """A member and an opportunity: asked by who shares it, interested with a line of why, introduced, or not.

    Members who were introduced with the same name of a `team` go together. `talked_on` is when somebody else says that they
    talked with who offers it, until they say whether it is so.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        INTERESTED = "interested", _("interested")
        INTRODUCED = "introduced", _("introduced")
        NOT_CHOSEN = "not_chosen", _("not introduced")
        WITHDRAWN = "withdrawn", _("no longer interested")

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="interests")
    member = models.ForeignKey(Member, models.PROTECT, related_name="interests")
    state = models.CharField(max_length=10, choices=State, default=State.INTERESTED)
    why = models.CharField(_("why it suits me"), max_length=400, blank=True)
    team = models.CharField(_("team"), max_length=80, blank=True)
    since = models.DateTimeField()
    talked_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "opportunity", "member"], name="interest_once")]
        indexes = [models.Index(fields=["organisation", "member", "-since"], name="interest_of_member")]


class Turnover(TenantModel):
    """What was said of a placement's turnover in a month: how much more or less than was said before, as its fact says."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="turnover")
    month = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "fact"], name="turnover_once")]
        indexes = [models.Index(fields=["organisation", "placement", "month"], name="turnover_of_month")]
        triggers = [pgtrigger.Protect(name="turnover_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]
