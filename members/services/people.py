"""The people of an organisation: added, given roles and a team, gone."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kernel import work
from kernel.tenancy import tenant
from members.models import ApiKey, Invitation, Member, Membership, Organisation, Team, User
from members.roles import Role
from members.services import keys
from members.signals import administration_ended, leaving_planned, member_left, roles_granted

log = logging.getLogger(__name__)

LEAVE = "leave"
"""The kind of work of those whose last day is over."""


class NotTheirsError(Exception):
    """An administrator said when a member leaves: the member does not change that."""


class OwnDuesError(Exception):
    """Whether somebody pays dues is not for themselves to say."""


class LastAdministratorError(Exception):
    """An organisation keeps at least one administrator."""


def add_member(
    *, organisation: Organisation, user: User, name: str, on: date, roles: Iterable[Role] = (), team: Team | None = None
) -> Member:
    """Make an account a member; who was one before and left comes back."""
    with tenant(organisation.pk):
        Membership.objects.update_or_create(user=user, organisation=organisation, defaults={"is_active": True})
        fields = {
            "name": name, "roles": sorted(roles), "team": team, "joined_on": on, "left_on": None, "leaves_on": None
        }  # fmt: skip
        member, _ = Member.objects.update_or_create(user=user, defaults=fields)
        if roles:
            roles_granted.send(Member, member=member, roles=fields["roles"], at=timezone.now())
    return member


@transaction.atomic
def change(
    *,
    member: Member,
    name: str,
    roles: Iterable[Role],
    team: Team | None,
    by: Member,
    at: datetime,
    pays_dues: bool | None = None,
) -> None:
    """Give a member this name, team and roles, and no others; LastAdministratorError when nobody could do so any more.

    Who is to pay dues again pays those of periods that begin from today on; nobody says of themselves whether they pay them
    while another administrator can: OwnDuesError.
    The API keys of who is no administrator any more stop working.
    """
    wanted = sorted(set(roles))
    if Role.ADMINISTRATOR not in wanted and not _administrators_beside(member).exists():
        raise LastAdministratorError
    if pays_dues is not None:
        other = Member.objects.filter(pk=member.pk, pays_dues=not pays_dues)
        if by.pk == member.pk and other.exists() and _administrators_beside(member).exists():
            raise OwnDuesError
        other.update(pays_dues=pays_dues, pays_dues_from=timezone.localdate(at) if pays_dues else None)
    gained = [role for role in wanted if role not in member.roles]
    was_administrator = Role.ADMINISTRATOR in member.roles
    Member.objects.filter(pk=member.pk).update(name=name, roles=wanted, team=team)
    member.name, member.roles, member.team = name, wanted, team
    if Role.ADMINISTRATOR not in wanted:
        _revoke_keys(member, at)
        if was_administrator:
            administration_ended.send(Member, member=member, at=at)
    if gained:
        roles_granted.send(Member, member=member, roles=gained, at=at)


@transaction.atomic
def plan_leaving(*, organisation: Organisation, member: Member, last_day: date | None, by: Member) -> None:
    """Say on which day to come a member is there for the last time; None takes it back.

    What an administrator said of another is not that other's to change: NotTheirsError.
    """
    _check_day_is_theirs(member, by)
    if last_day and not _administrators_beside(member).exists():
        raise LastAdministratorError
    Member.objects.filter(pk=member.pk).update(leaves_on=last_day, leaves_by=by if last_day else None)
    if last_day:
        next_day = datetime.combine(last_day + timedelta(1), time(), timezone.get_current_timezone())
        work.add(organisation.pk, LEAVE, next_day)
    if last_day and by.pk == member.pk:
        leaving_planned.send(Member, member=member, last_day=last_day)


@transaction.atomic
def leave(*, organisation: Organisation, member: Member, on: date, by: Member | None, at: datetime) -> None:
    """End a membership, the account's sessions, and the API keys it made: no roles, no way in but to their own money.

    Open cases follow the rules. `by` is nobody when a day came that was planned. NotTheirsError for who goes before the day that an
    administrator said.
    """
    if by:
        _check_day_is_theirs(member, by)
    if not _administrators_beside(member).exists():
        raise LastAdministratorError
    Member.objects.filter(pk=member.pk).update(left_on=on, leaves_on=None, roles=[])
    Membership.objects.filter(user_id=member.user_id, organisation=organisation).update(is_active=False)
    Invitation.objects.filter(email=member.user.email.lower(), accepted_at=None).update(withdrawn_at=at)
    _revoke_keys(member, at)
    for session in UserSession.objects.filter(user_id=member.user_id):
        session.end()
    administration_ended.send(Member, member=member, at=at)
    member_left.send(Member, member=member, on=on, by=by, at=at)


def _revoke_keys(member: Member, at: datetime) -> None:
    organisation = Organisation.objects.get(pk=member.organisation_id)
    for key in ApiKey.objects.filter(made_by=member, revoked_at=None):
        keys.revoke(organisation=organisation, key=key, at=at)


def leave_due(*, organisation: Organisation, at: datetime) -> None:
    """End the memberships whose last day is over."""
    with tenant(organisation.pk):
        over = Member.objects.filter(leaves_on__lt=timezone.localdate(at), left_on=None).select_related("user")
        for member in over.order_by("pk"):
            assert member.leaves_on is not None
            try:
                leave(organisation=organisation, member=member, on=member.leaves_on, by=None, at=at)
            except LastAdministratorError:  # the others went first; somebody has to stay
                log.warning("member %s stays: nobody else is administrator", member.pk)
                Member.objects.filter(pk=member.pk).update(leaves_on=None)


def _check_day_is_theirs(member: Member, by: Member) -> None:
    standing = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if by.pk == member.pk and standing.leaves_on and standing.leaves_by_id != by.pk:
        raise NotTheirsError


def _administrators_beside(member: Member) -> QuerySet[Member]:
    """Administrators who are left without this one; locked, so that two cannot both be the last to go."""
    # No key: rows of others that only name an administrator can still be written.
    locked = Member.objects.select_for_update(no_key=True)
    found = locked.filter(roles__contains=[Role.ADMINISTRATOR], left_on=None)
    return found.exclude(pk=member.pk)
