"""Teams and departments: made, renamed, put together."""

from django.db import transaction

from members.models import Invitation, Member, Team


class TeamNameTakenError(Exception):
    """Another team has this name; the two can be put together."""


def add(*, name: str) -> Team:
    """Make a team; TeamNameTakenError when there is one of this name."""
    team, created = Team.objects.get_or_create(name=name)
    if not created:
        raise TeamNameTakenError
    return team


@transaction.atomic
def rename(*, team: Team, name: str) -> None:
    """Call a team otherwise; TeamNameTakenError when another is called so."""
    if Team.objects.select_for_update().filter(name=name).exclude(pk=team.pk).exists():
        raise TeamNameTakenError
    Team.objects.filter(pk=team.pk).update(name=name)


@transaction.atomic
def merge(*, team: Team, into: Team | None) -> None:
    """Move everyone of a team into another, or into none, and do away with it."""
    Member.objects.filter(team=team).update(team=into)
    Invitation.objects.filter(team=team).update(team=into)
    Team.objects.filter(pk=team.pk).delete()
