"""Mails and webhooks, as rows that a worker sends; and who wants which."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.encryption import EncryptedText
from kernel.models import TenantModel
from members.models import Member
from notices.kinds import CHOSEN, Kind


class Message(TenantModel):
    """A mail to be sent once. What it says and to whom is emptied when it was sent: it may hold a link that is a key."""

    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=60)
    to = models.EmailField(blank=True)
    sender = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    unsubscribe = models.URLField(max_length=200, blank=True)
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


class Broadcast(TenantModel):
    """Something of which many members are to be told, by its id; the worker writes to them in the order of their ids."""

    kind = models.CharField(max_length=16)
    about = models.BigIntegerField()
    noted_at = models.DateTimeField()
    last_member = models.BigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "next_at", "id"],
                name="broadcast_to_write",
                condition=models.Q(told_at__isnull=True),
            ),
            models.Index(fields=["organisation", "kind", "about"], name="broadcast_about"),
        ]


class PaidNotice(TenantModel):
    """Amounts that were paid at once, of which their members are to be told; the worker writes to each of them."""

    payables = ArrayField(models.BigIntegerField())
    paid_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)


class Preference(TenantModel):
    """The mails that a member does not want, and how often they hear of the group. Where there is none, the defaults hold."""

    class Fitting(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DIGEST = "digest", _("only with the other news of the group")

    class Digest(models.TextChoices):
        WEEKLY = "weekly", _("every Monday")
        MONTHLY = "monthly", _("on the first of the month")
        NEVER = "never", _("not at all")

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    muted = ArrayField(models.CharField(max_length=12), default=list)
    fitting = models.CharField(CHOSEN[Kind.FITTING], max_length=7, choices=Fitting, default=Fitting.AT_ONCE)
    digest = models.CharField(CHOSEN[Kind.DIGEST], max_length=7, choices=Digest, default=Digest.WEEKLY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="preference_once")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["secret"])
class Webhook(TenantModel):
    """An address of another system that is told of events; the secret signs what is sent there.

    A chat is told in sentences. Its address is all that somebody needs to write there: it is the secret, and `url` says no
    more than on which machine it is.
    """

    class Format(models.TextChoices):
        STANDARD = "standard", _("Another system, in the form of Standard Webhooks")
        SLACK = "slack", _("A channel of Slack")
        TEAMS = "teams", _("A channel of Microsoft Teams")

    format = models.CharField(_("what is told"), max_length=8, choices=Format, default=Format.STANDARD)
    url = models.URLField(_("address"), max_length=300)
    told_of = ArrayField(models.CharField(max_length=24))
    secret = EncryptedText()
    is_active = models.BooleanField(_("on"), default=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url

    @property
    def is_chat(self) -> bool:
        return self.format != self.Format.STANDARD

    @property
    def address(self) -> str:
        """Where it is posted to."""
        return self.secret if self.is_chat else self.url


class Delivery(TenantModel):
    """An event on its way to a webhook: sent until it is taken, at most ten times over three days."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4)
    event = models.CharField(max_length=24)
    body = models.TextField()
    noted_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "webhook", "key"], name="delivery_once")]
        indexes = [
            models.Index(fields=["organisation", "webhook", "-noted_at", "-id"], name="delivery_log"),
            models.Index(
                fields=["organisation", "next_try_at"],
                name="delivery_to_send",
                condition=models.Q(next_try_at__isnull=False),
            ),
        ]
