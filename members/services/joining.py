"""The ways in: invitations by mail, and the open link."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kernel import links
from kernel.models import Link
from kernel.tenancy import tenant
from members.models import Invitation, Member, Organisation, Team, User
from members.people_file import Line
from members.roles import Role
from members.selectors.people import declined, known_addresses
from members.services.people import add_member
from members.signals import invitation_accepted, member_invited

INVITATION = "invitation"
OPEN_LINK = "join"
INVITATION_LASTS = timedelta(days=30)


class AddressMismatchError(Exception):
    """An invitation is accepted by the account whose address it was sent to, and by no other."""


class HasLeftError(Exception):
    """Who left does not come back by the open link."""


class ProblemsError(Exception):
    """A line of a file cannot be followed, so none is."""


class AlreadyAcceptedError(Exception):
    """An invitation works once."""


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
    return _invite(organisation, email, name, roles, team, by, at)[1]


def invite_admitted(
    *, organisation: Organisation, email: str, name: str, language: str, by: Member, at: datetime
) -> Invitation:
    """Invite somebody who applied and was admitted, in their language; return the invitation."""
    return _invite(organisation, email, name, (), None, by, at, language, is_admitted=True)[0]


def _invite(
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[Role],
    team: Team | None,
    by: Member,
    at: datetime,
    language: str = "",
    *,
    is_admitted: bool = False,
) -> tuple[Invitation, str]:
    invitation = Invitation.objects.create(
        email=email.strip().lower(), name=name.strip(), roles=sorted(roles), team=team, invited_by=by, invited_at=at
    )
    token = links.make(
        organisation_id=organisation.pk, purpose=INVITATION, expires_at=at + INVITATION_LASTS, target_id=invitation.pk
    )
    member_invited.send(
        Invitation,
        organisation=organisation,
        invitation=invitation,
        token=token,
        at=at,
        language=language or organisation.language,
        is_admitted=is_admitted,
    )
    return invitation, token


@transaction.atomic
def invite_many(*, organisation: Organisation, lines: Iterable[Line], by: Member, at: datetime) -> int:
    """Invite everyone of a file, all or none, with their teams; return how many. ProblemsError for a line that is wrong or known."""
    lines, known = list(lines), known_addresses()
    known |= declined(organisation.pk, [line.email for line in lines])
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
        if active:  # an invitation takes nothing away from who is there already
            invitation_accepted.send(Invitation, invitation=invitation, member=active, at=at)
            return active
        member = add_member(
            organisation=organisation,
            user=user,
            name=invitation.name,
            on=timezone.localdate(at),
            roles=[Role(role) for role in invitation.roles],
            team=invitation.team,
        )
        invitation_accepted.send(Invitation, invitation=invitation, member=member, at=at)
        return member


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


def link_of(token: str, at: datetime) -> Link | None:
    """Return the link of an invitation, or of the open link; looking consumes nothing."""
    return links.find(token, INVITATION, at) or links.find(token, OPEN_LINK, at)


def invited(*, organisation: Organisation, user: User, at: datetime) -> int | None:
    """Return the id of the invitation that waits for an account, for who comes by another way; what was agreed to in it holds:
    first that of who was admitted."""
    with tenant(organisation.pk):
        waiting = Invitation.objects.filter(email=user.email.lower(), accepted_at=None, withdrawn_at=None)
        open_still = waiting.filter(invited_at__gt=at - INVITATION_LASTS)
        first = open_still.order_by(F("applications").asc(nulls_last=True), "-pk").first()
    return first.pk if first else None


def is_open(link: Link) -> bool:
    """Whether one can still join by a link: an invitation works once."""
    if link.purpose != INVITATION:
        return True
    with tenant(link.organisation_id):
        return Invitation.objects.filter(pk=link.target_id or 0, accepted_at=None, withdrawn_at=None).exists()


@transaction.atomic
def withdraw_invitation(*, organisation: Organisation, invitation: Invitation, at: datetime) -> None:
    """Take an invitation back: its link stops working."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(withdrawn_at=at)
    links.withdraw(organisation_id=organisation.pk, purpose=INVITATION, target_id=invitation.pk)
