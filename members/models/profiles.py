"""What members of a network say of themselves."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models.organisations import Member

SPOKEN = [
    ("nl", _("Dutch")),
    ("fr", _("French")),
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
    ("pl", _("Polish")),
    ("tr", _("Turkish")),
    ("ar", _("Arabic")),
]
MOST_LINKS = 5


class MemberProfile(TenantModel):
    """What a member does, since how long, where, in which languages; and from when they are available, so many days a week."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="profiles")
    headline = models.CharField(_("what I do, in one line"), max_length=120)
    disciplines = ArrayField(models.CharField(max_length=60), verbose_name=_("disciplines"), default=list)
    about = models.TextField(_("who I am"), max_length=2000, blank=True)
    years = models.PositiveSmallIntegerField(
        _("years of experience"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    experience = models.TextField(_("what I have done"), max_length=2000, blank=True)
    languages = ArrayField(models.CharField(max_length=2), verbose_name=_("languages"), default=list, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    links = ArrayField(models.URLField(max_length=300), verbose_name=_("links"), default=list, blank=True)
    photo = models.FileField(_("photo"), upload_to="photos", blank=True)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    days_a_week = models.DecimalField(
        _("days a week"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(7)],
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="member_profile_once")]
        indexes = [GinIndex(fields=["disciplines"], name="member_profile_disciplines")]
