"""Coming into a network: brought in by a member, applying by a link, admitted for one's experience."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from kernel import limits, links
from kernel.models import Link
from members.models import Application, Member, MemberProfile, MembershipTerms, Organisation
from members.selectors.people import DECLINED, declined, known_addresses
from members.services import joining
from members.services.locking import lock_organisation
from members.signals import (
    application_asked,
    application_erased,
    application_made,
    application_refused,
    member_admitted,
)

APPLYING = "apply"
"""The purpose of the link by which somebody applies."""
APPLYING_LASTS = timedelta(days=60)
NOT_ASKED_FOR = timedelta(days=180)
"""How long it is remembered who said no."""
DECIDED_WITHIN = timedelta(days=180)
State = Application.State
EMPTY: dict[str, Any] = {
    "name": "",
    "email": "",
    "note": "",
    "disciplines": [],
    "years": None,
    "experience": "",
    "why": "",
    "link": "",
}
"""What an application says of a person, erased."""


class KnownAlreadyError(Exception):
    """They are a member, or invited, or somebody brings them in already."""


class DeclinedError(Exception):
    """They said no not long ago."""


class AnsweredAlreadyError(Exception):
    """The application was decided on, taken back, or answered meanwhile."""


class OwnApplicantError(Exception):
    """Nobody decides on whom they brought in themselves: it earns them coins."""


@transaction.atomic
def bring_in(
    *, organisation: Organisation, name: str, email: str, language: str, note: str, by: Member, at: datetime
) -> Application:
    """Ask somebody whether they want to join, by a link that is mailed. KnownAlreadyError, DeclinedError."""
    lock_organisation(organisation.pk)  # one of two who ask the same person
    address = email.strip().lower()
    if address in known_addresses():
        raise KnownAlreadyError
    if declined(organisation.pk, [address]):
        raise DeclinedError
    made = Application.objects.create(
        name=name.strip(), email=address, language=language, note=note, brought_by=by, asked_at=at
    )
    token = links.make(
        organisation_id=organisation.pk, purpose=APPLYING, expires_at=at + APPLYING_LASTS, target_id=made.pk
    )
    application_asked.send(Application, organisation=organisation, application=made, token=token, at=at)
    return made


def link_of(token: str, at: datetime) -> Link | None:
    """Return the link of somebody who was asked; looking consumes nothing."""
    return links.find(token, APPLYING, at)


@transaction.atomic
def apply(
    *, application: Application, fields: Mapping[str, Any], terms: MembershipTerms, at: datetime, token: str = ""
) -> None:
    """Apply, with what one has done, accepting what membership costs; said again, it takes the place of what was said.

    `token` is that of the link by which it is done: the applicant gets it once more. AnsweredAlreadyError.
    """
    before = application.state
    accepted = terms.accepted
    _update(application, (State.ASKED, State.APPLIED), state=State.APPLIED, applied_at=at, **fields, **accepted)
    application.refresh_from_db()
    if before == State.ASKED:
        application_made.send(Application, application=application, token=token, at=at)


@transaction.atomic
def decline(*, application: Application, at: datetime) -> None:
    """Say that one does not want to: what is known of the person is erased, and nobody asks them again soon.

    Of who applied, that they take it back: they may be asked again. AnsweredAlreadyError.
    """
    standing = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if standing.state == State.ASKED:
        who = (standing.organisation_id, standing.email)
        limits.remember(DECLINED, who, int(NOT_ASKED_FOR.total_seconds()))
    _update(application, (State.ASKED, State.APPLIED), state=State.DECLINED, decided_at=at)
    _erase(application, at)


@transaction.atomic
def withdraw(*, application: Application, at: datetime) -> None:
    """Take back that one asked somebody, as long as they did not apply. AnsweredAlreadyError."""
    _update(application, (State.ASKED,), state=State.WITHDRAWN, decided_at=at)
    _erase(application, at)


@transaction.atomic
def admit(*, organisation: Organisation, application: Application, found: str, by: Member, at: datetime) -> None:
    """Admit somebody for the experience that was found: they are invited. OwnApplicantError, AnsweredAlreadyError."""
    standing = _decidable(application, by)
    invitation = joining.invite_admitted(
        organisation=organisation, email=standing.email, name=standing.name, language=standing.language, by=by, at=at
    )
    _update(
        application,
        (State.APPLIED,),
        state=State.ADMITTED,
        found=found,
        decided_by=by,
        decided_at=at,
        invitation=invitation,
    )
    _withdraw_link(application)


@transaction.atomic
def refuse(*, application: Application, because: str, by: Member, at: datetime) -> None:
    """Refuse somebody, and tell them why: what is known of them is erased. OwnApplicantError, AnsweredAlreadyError."""
    application_refused.send(Application, application=_decidable(application, by), because=because, at=at)
    _update(application, (State.APPLIED,), state=State.REFUSED, decided_by=by, decided_at=at)
    _erase(application, at)


@transaction.atomic
def welcome(*, application: Application, member: Member, at: datetime) -> None:
    """Note that who was admitted has joined: what they said of themselves is their profile, until they change it."""
    Application.objects.filter(pk=application.pk).update(member=member)
    MemberProfile.objects.get_or_create(
        member=member,
        defaults={
            "disciplines": application.disciplines,
            "years": application.years,
            "experience": application.experience,
            "links": [application.link] if application.link else [],
            "changed_at": at,
        },
    )
    member_admitted.send(Member, member=member, application=application, at=at)


def _decidable(application: Application, by: Member) -> Application:
    standing = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if standing.brought_by_id == by.pk:
        raise OwnApplicantError
    if standing.state != State.APPLIED:
        raise AnsweredAlreadyError
    return standing


def forget_unfinished(at: datetime) -> int:
    """Erase what is known of people who never answered, on whom nobody decided, or who never joined; return of how many."""
    unanswered = Q(state=State.ASKED, asked_at__lt=at - APPLYING_LASTS)
    undecided = Q(state=State.APPLIED, applied_at__lt=at - DECIDED_WITHIN)
    gone = Q(invitation__withdrawn_at__isnull=False) | Q(invitation__invited_at__lt=at - joining.INVITATION_LASTS)
    never_joined = Q(gone, state=State.ADMITTED, member=None)
    over = list(Application.objects.filter(unanswered | undecided | never_joined).exclude(email=""))
    for one in over:
        _erase(one, at)
    kept = Application.objects.filter(pk__in=[one.pk for one in over])
    kept.exclude(state=State.ADMITTED).update(state=State.WITHDRAWN, decided_at=at)
    return len(over)


def _erase(application: Application, at: datetime) -> None:
    """Erase what an application says of a person, and the mails about it."""
    Application.objects.filter(pk=application.pk).update(**EMPTY, found="")
    _withdraw_link(application)
    application_erased.send(Application, application=application, at=at)


def _update(application: Application, states: tuple[State, ...], **fields: Any) -> None:
    if not Application.objects.filter(pk=application.pk, state__in=states).update(**fields):
        raise AnsweredAlreadyError


def _withdraw_link(application: Application) -> None:
    links.withdraw(organisation_id=application.organisation_id, purpose=APPLYING, target_id=application.pk)
