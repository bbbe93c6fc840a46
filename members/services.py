"""Organisations and the people in them: made, invited, joined."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kernel import links
from kernel.tenancy import tenant
from members.models import Invitation, Member, Membership, Organisation, Team, User
from members.people_file import Line
from members.roles import Role
from members.selectors import known_addresses
from members.signals import legal_data_changed, member_invited, member_left

INVITATION = "invitation"
OPEN_LINK = "join"
INVITATION_LASTS = timedelta(days=30)


class AddressMismatchError(Exception):
    """An invitation is accepted by the account whose address it was sent to, and by no other."""


class LastAdministratorError(Exception):
    """An organisation keeps at least one administrator."""


class HasLeftError(Exception):
    """Who left does not come back by the open link."""


class ProblemsError(Exception):
    """A line of a file cannot be followed, so none is."""


class AlreadyAcceptedError(Exception):
    """An invitation works once."""


def create_organisation(*, slug: str, name: str, country: str, language: str, **fields: object) -> Organisation:
    """Create an organisation; nobody belongs to it yet."""
    organisation = Organisation(slug=slug, name=name, country=country, language=language, **fields)
    organisation.full_clean()
    organisation.save()
    return organisation


def add_member(
    *, organisation: Organisation, user: User, name: str, on: date, roles: Iterable[Role] = (), team: Team | None = None
) -> Member:
    """Make an account a member; who was one before and left comes back."""
    with tenant(organisation.pk):
        Membership.objects.update_or_create(user=user, organisation=organisation, defaults={"is_active": True})
        fields = {"name": name, "roles": sorted(roles), "team": team, "joined_on": on, "left_on": None}
        member, _ = Member.objects.update_or_create(user=user, defaults=fields)
    return member


def invite(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[Role],
    by: Member,
    at: datetime,
    team: Team | None = None,
) -> str:
    """Invite someone by e-mail and return the token of the link, which is mailed."""
    invitation = Invitation.objects.create(
        email=email.strip().lower(), name=name.strip(), roles=sorted(roles), team=team, invited_by=by, invited_at=at
    )
    token = links.make(
        organisation_id=organisation.pk, purpose=INVITATION, expires_at=at + INVITATION_LASTS, target_id=invitation.pk
    )
    member_invited.send(Invitation, organisation=organisation, invitation=invitation, token=token, at=at)
    return token


@transaction.atomic
def invite_many(*, organisation: Organisation, lines: Iterable[Line], by: Member, at: datetime) -> int:
    """Invite everyone of a file, all or none, with their teams; return how many. ProblemsError for a line that is wrong or known."""
    lines, known = list(lines), known_addresses()
    if any(line.problems or line.email in known for line in lines):
        raise ProblemsError
    teams = {name: Team.objects.get_or_create(name=name)[0] for name in {line.team for line in lines} - {""}}
    for line in lines:
        invite(
            organisation=organisation,
            email=line.email,
            name=line.name,
            roles=[Role(role) for role in line.roles],
            team=teams.get(line.team),
            by=by,
            at=at,
        )
    return len(lines)


@transaction.atomic
def accept_invitation(*, organisation: Organisation, invitation_id: int, user: User, at: datetime) -> Member:
    """Join by an invitation; AddressMismatchError or AlreadyAcceptedError when it is not this account's to accept."""
    with tenant(organisation.pk):
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.accepted_at or invitation.withdrawn_at:
            raise AlreadyAcceptedError
        if invitation.email != user.email.lower():
            raise AddressMismatchError
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
        active = Member.objects.filter(user=user, left_on=None).first()
        if active:
            return active  # an invitation takes nothing away from who is there already
        roles = [Role(role) for role in invitation.roles]
        return add_member(
            organisation=organisation,
            user=user,
            name=invitation.name,
            on=timezone.localdate(at),
            roles=roles,
            team=invitation.team,
        )


def join(*, organisation: Organisation, user: User, name: str, at: datetime) -> Member:
    """Join by an organisation's open link; HasLeftError for who was a member before: they need an invitation."""
    with tenant(organisation.pk):
        if Member.objects.filter(user=user).exclude(left_on=None).exists():
            raise HasLeftError
    return add_member(organisation=organisation, user=user, name=name.strip(), on=timezone.localdate(at))


@transaction.atomic
def renew_open_link(*, organisation: Organisation, expires_at: datetime) -> str:
    """Make the organisation's open link anew and return its token; the one before stops working."""
    links.withdraw(organisation_id=organisation.pk, purpose=OPEN_LINK, target_id=organisation.pk)
    return links.make(
        organisation_id=organisation.pk, purpose=OPEN_LINK, expires_at=expires_at, target_id=organisation.pk
    )


@transaction.atomic
def withdraw_invitation(*, organisation: Organisation, invitation: Invitation, at: datetime) -> None:
    """Take an invitation back: its link stops working."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(withdrawn_at=at)
    links.withdraw(organisation_id=organisation.pk, purpose=INVITATION, target_id=invitation.pk)


@transaction.atomic
def set_roles(*, organisation: Organisation, member: Member, roles: Iterable[Role], by: Member) -> None:
    """Give a member these roles and no others; LastAdministratorError when nobody could do so any more."""
    wanted = sorted(set(roles))
    if Role.ADMINISTRATOR not in wanted and not _administrators_beside(member).exists():
        raise LastAdministratorError
    Member.objects.filter(pk=member.pk).update(roles=wanted)
    member.roles = wanted


@transaction.atomic
def leave(*, organisation: Organisation, member: Member, on: date, by: Member, at: datetime) -> None:
    """End a membership: no roles, no way in but to their own money, from this moment. Open cases follow the rules."""
    if not _administrators_beside(member).exists():
        raise LastAdministratorError
    Member.objects.filter(pk=member.pk).update(left_on=on, roles=[])
    Membership.objects.filter(user_id=member.user_id, organisation=organisation).update(is_active=False)
    Invitation.objects.filter(email=member.user.email.lower(), accepted_at=None).update(withdrawn_at=at)
    member_left.send(Member, member=member, on=on, by=by, at=at)


def _administrators_beside(member: Member) -> QuerySet[Member]:
    """Administrators who are left without this one; locked, so that two cannot both be the last to go."""
    found = Member.objects.select_for_update().filter(roles__contains=[Role.ADMINISTRATOR], left_on=None)
    return found.exclude(pk=member.pk)


def save_legal_data(*, organisation: Organisation, fields: Mapping[str, Any]) -> None:
    """Keep what stands on invoices of an organisation."""
    Organisation.objects.filter(pk=organisation.pk).update(**fields)
    legal_data_changed.send(Organisation, organisation=organisation)


def set_language(*, user: User, language: str) -> None:
    """Have the product speak another language to an account."""
    User.objects.filter(pk=user.pk).update(language=language)
