"""Mails, as rows that a worker sends; and who wants which."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kernel.models import TenantModel
from members.models import Member
from programmes.models import Version


class Message(TenantModel):
    """A mail to be sent once. What it says and to whom is emptied when it was sent: it may hold a link that is a key."""

    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=60)
    to = models.EmailField(blank=True)
    sender = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "about"], name="message_once")]
        indexes = [
            models.Index(
                fields=["organisation", "next_try_at"],
                name="message_to_send",
                condition=models.Q(next_try_at__isnull=False),
            )
        ]


class Announcement(TenantModel):
    """A version of which members are to be told; the worker writes to each of them."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "version"], name="announcement_once")]


class Preference(TenantModel):
    """The mails that a member does not want."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    muted = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="preference_once")]
