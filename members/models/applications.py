"""How people come into a network: a member brings them in, they apply, and they are admitted for their experience."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models.membership import MembershipTerms
from members.models.organisations import LANGUAGES, Invitation, Member


@pghistory.track(fields=["state", "brought_by", "decided_by", "organisation"], model_name="ApplicationEvent")
class Application(TenantModel):
    """Somebody whom a member brings in: asked by a link, they apply or decline; an administrator admits or refuses them.

    What is known of them stands here alone, and is emptied when nothing came of it. What they accepted is what membership
    cost when they applied: they join for that fee. `found` is the experience for which they were admitted.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        APPLIED = "applied", _("applied")
        DECLINED = "declined", _("declined")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("not admitted")
        WITHDRAWN = "withdrawn", _("taken back")

    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    brought_by = models.ForeignKey(Member, models.PROTECT, related_name="brought")
    note = models.CharField(_("a line to them"), max_length=400, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    disciplines = ArrayField(models.CharField(max_length=60), verbose_name=_("disciplines"), default=list)
    years = models.PositiveSmallIntegerField(_("years of experience"), null=True, validators=[MaxValueValidator(60)])
    experience = models.TextField(_("what I have done"), max_length=2000, blank=True)
    why = models.TextField(_("why I want to join"), max_length=1000, blank=True)
    link = models.URLField(_("a page about me"), max_length=300, blank=True)
    accepted_fee = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    accepted_dues = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    accepted_every = models.PositiveSmallIntegerField(choices=MembershipTerms.Every, null=True)
    applied_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found = models.CharField(_("the experience for which they are admitted"), max_length=400, blank=True)
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="applications")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="applications")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(invitation__isnull=False, decided_by__isnull=False),
                name="application_admitted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "brought_by"], name="application_brought_by")]

    def __str__(self) -> str:
        return self.name
