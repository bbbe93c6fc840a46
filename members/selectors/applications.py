"""Who comes into a network: asked, applied, admitted; and who brought whom in."""

from django.db.models import QuerySet

from members.models import Application, Member

State = Application.State


def applications() -> QuerySet[Application]:
    """Every application that somebody made, those that wait first, the oldest first."""
    made = Application.objects.exclude(applied_at=None).select_related("brought_by", "decided_by", "member")
    return made.order_by("decided_at", "applied_at", "pk")


def waiting() -> QuerySet[Application]:
    """Applications on which nobody decided, the oldest first."""
    return applications().filter(state=State.APPLIED)


def decided() -> QuerySet[Application]:
    """Applications on which somebody decided, the newest first."""
    return applications().filter(state__in=(State.ADMITTED, State.REFUSED)).order_by("-decided_at", "-pk")


def brought_by(member: Member) -> QuerySet[Application]:
    """Whom a member asked to join, the newest first."""
    return Application.objects.filter(brought_by=member).select_related("member").order_by("-asked_at", "-pk")


def admission_of(member: Member) -> Application | None:
    """Return the application by which a member came in."""
    return Application.objects.filter(member=member).select_related("brought_by", "decided_by").order_by("-pk").first()


def brought_in(member: Member) -> list[Member]:
    """Return the members who are there and whom a member brought in, by name."""
    return list(Member.objects.filter(applications__brought_by=member, left_on=None).order_by("name", "pk").distinct())


def is_member_already(application: Application) -> bool:
    """Whether who applies joined by another way meanwhile."""
    return bool(application.email) and Member.objects.filter(user__email=application.email, left_on=None).exists()
