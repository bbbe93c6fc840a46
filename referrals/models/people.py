"""The people whom the organisation knows of: what can be erased of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models import LANGUAGES, Member


class Candidate(TenantModel):
    """A person whom the organisation knows of. Everything here can be erased; cases and facts then go on without."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_key = models.GeneratedField(
        expression=Lower("email"), output_field=models.CharField(max_length=254), db_persist=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_key = models.CharField(max_length=20, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    linkedin = models.URLField(_("LinkedIn address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    known_since = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "email_key"], name="candidate_email"),
            models.Index(fields=["organisation", "phone_key"], name="candidate_phone"),
            models.Index(fields=["organisation", "name_key"], name="candidate_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Curriculum(TenantModel):
    """A CV, as it was uploaded."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="curricula")
    file = models.FileField(upload_to="cv")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()


class Profile(TenantModel):
    """What a client is shown of a person, on one page, once the person agreed to that assignment."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="profiles")
    headline = models.CharField(_("in one line"), max_length=120)
    summary = models.TextField(_("summary"), max_length=1500)
    skills = models.TextField(_("skills, one a line"), max_length=1500, blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    available = models.CharField(_("available"), max_length=120, blank=True)
    rate = models.CharField(_("rate or salary"), max_length=80, blank=True)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "candidate"], name="profile_once")]


class Merge(TenantModel):
    """That two candidates are one person, and what followed from saying so: enough to take it back."""

    duplicate = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    into = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    moved = ArrayField(models.BigIntegerField(), default=list)
    facts = ArrayField(models.BigIntegerField(), default=list)
    joined = ArrayField(models.BigIntegerField(), default=list)
    merged_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)


class Deletion(TenantModel):
    """How many of what were deleted in a night because they had been kept long enough."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("people")
        CVS = "cvs", _("CVs")
        MEMBERS = "members", _("members who had left")
        TEXTS = "texts", _("texts about leads")
        DOCUMENTS = "documents", _("documents emptied")
        FILES = "files", _("files that nothing named")

    kind = models.CharField(max_length=9, choices=Kind)
    count = models.PositiveIntegerField()
    deleted_at = models.DateTimeField()


class Erased(TenantModel):
    """A keyed hash of the address of someone who asked to be forgotten: nobody writes to them again."""

    key = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="erased_once")]
