"""What recruiters arrange: interviews, and presentations of people to clients."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import Member
from referrals.models.cases import Case, Fact
from referrals.models.openings import Client


class Interview(TenantModel):
    """A talk with the person, planned; held, it is a fact."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey(Case, models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField(_("date and time"))
    place = models.CharField(_("where, or the link of the call"), max_length=200)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("with"))
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+")
    planned_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()


class Presentation(TenantModel):
    """An assignment that a person is asked about before a client sees their profile: first their yes, then the profile."""

    class Answer(models.TextChoices):
        WAITING = "", _("not answered yet")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined")

    case = models.ForeignKey(Case, models.PROTECT, related_name="presentations")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    title = models.CharField(_("assignment or job"), max_length=120)
    about = models.TextField(_("what the person should know of it"), max_length=1500, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING, blank=True)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case", "client", "title"],
                name="presentation_once",
                condition=~Q(answer="declined"),
            )
        ]


class SavedFilter(TenantModel):
    """A view of the board that a recruiter comes back to."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member", "name"], name="saved_filter_once")]
        ordering = ["name"]


class Import(TenantModel):
    """A file of days worked that was imported, by its hash: the same file again does nothing."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    lines = models.PositiveIntegerField()
    imported_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="import_once")]
