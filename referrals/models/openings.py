"""Clients, and the assignments and jobs that people are found for."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member

SENIORITIES = [("junior", _("Junior")), ("medior", _("Medior")), ("senior", _("Senior"))]


class Client(TenantModel):
    """A company that the organisation finds people for, or would like to."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="client_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Opening(TenantModel):
    """An assignment or a job for which people can be recommended."""

    title = models.CharField(_("title"), max_length=120)
    client = models.ForeignKey(Client, models.PROTECT, related_name="openings", verbose_name=_("client"))
    seniority = models.CharField(_("seniority"), max_length=8, choices=SENIORITIES, blank=True)
    location = models.CharField(_("location"), max_length=120, blank=True)
    rate = models.CharField(_("rate or salary"), max_length=80, blank=True)
    requirements = models.TextField(_("technical requirements"), blank=True)
    description = models.TextField(_("what the work is for, and with whom"), blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_on", "-id"]

    def __str__(self) -> str:
        return self.title


class SharedLink(TenantModel):
    """That a member shares an opening, or the organisation, by a personal link: who follows it comes from them."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member", "opening"], nulls_distinct=False, name="shared_link_once"
            )
        ]
