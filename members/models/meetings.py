"""Meetings of a network: where and when, the agenda with its speakers, who comes, and what was said."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.models import TenantModel
from members.models.organisations import Member

LONGEST_ITEM = 480


@pghistory.track(fields=["title", "starts_at", "state", "organisation"], model_name="MeetingEvent")
class Meeting(TenantModel):
    """A meeting of members, in a place or by a link, or both. `seats` is how many can come; none: everybody.

    `revision` counts changes of time and place, for calendars; `was_at` is when it was to begin before the last of them, if
    that changed it. `nudged_at` is when who did not answer was asked once more; `reminded_at`, when who comes was reminded.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("begins"))
    was_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link of the call"), max_length=300, blank=True)
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("how many can come"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    because = models.CharField(max_length=400, blank=True)
    notes = models.TextField(_("notes"), max_length=10_000, blank=True)
    noted_at = models.DateTimeField(null=True)
    planned_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="meeting_is_somewhere"),
        ]
        indexes = [models.Index(fields=["organisation", "starts_at"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title


class AgendaItem(TenantModel):
    """A point of the agenda, so many minutes long. Of a talk and of presenting oneself, the member may still be wanted.

    `said` is what that member says it is about: it comes and goes with them.
    """

    class Kind(models.TextChoices):
        ITEM = "item", _("A point of the agenda")
        TALK = "talk", _("A member speaks")
        PRESENTS = "presents", _("Somebody who is available presents themselves")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind, default=Kind.ITEM)
    title = models.CharField(_("about what"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ITEM)]
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("who")
    )
    said = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.said or self.title or self.get_kind_display()

    @property
    def is_free(self) -> bool:
        """Whether a member is still wanted for it."""
        return self.kind != self.Kind.ITEM and self.member_id is None


class Attendance(TenantModel):
    """A member's answer to a meeting, and whether they were there."""

    class Answer(models.TextChoices):
        COMING = "coming", _("coming")
        WAITING = "waiting", _("on the waiting list")
        NOT_COMING = "not_coming", _("not coming")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField()
    was_there = models.BooleanField(null=True)

    @property
    def came(self) -> bool:
        """Whether they were there; as long as nobody said so, who said that they come is taken to have been."""
        return self.answer == self.Answer.COMING if self.was_there is None else self.was_there

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "meeting", "member"], name="attendance_once")]
        indexes = [models.Index(fields=["organisation", "member"], name="attendance_of_member")]


class CalendarFeed(TenantModel):
    """An address at which a member's calendar program reads the meetings; a new one makes the one before useless."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "member"], name="calendar_feed_once")]
