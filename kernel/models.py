"""The base of every tenant's table, and small global tables: links, work, usage."""

from django.db import models

from kernel.fields import Tenant


class TenantModel(models.Model):
    """A row of one organisation; the database fills in which, and shows it to no other."""

    organisation = Tenant()

    class Meta:
        abstract = True


class Link(models.Model):
    """A link for someone without an account: what it is for and in which organisation, by the hash of its token."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    organisation = models.ForeignKey("members.Organisation", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    target_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "link"


class Work(models.Model):
    """A note that from a moment on an organisation has work of a kind; the work itself stands in its own tables."""

    organisation = models.ForeignKey("members.Organisation", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["due_at", "organisation", "kind"], name="work_once")]


class Usage(models.Model):
    """How often something was done in a window of time, by the hash of what and by whom."""

    key = models.BinaryField(max_length=32, primary_key=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField()
