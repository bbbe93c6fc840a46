"""A new organisation, made at once from everything that was answered; nothing of it exists before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from kernel.tenancy import tenant
from members.models import Organisation, User
from members.people_file import Line
from members.roles import Role
from members.services import joining, organisations, people
from programmes import services

RECRUITING = {"referral", "lead"}
"""The kinds of cases that recruiters work on."""


@dataclass(frozen=True)
class FirstProgramme:
    """What an organisation begins with: a rule set under a name, in force at once or as a draft to be changed first."""

    name: str
    rules: Mapping[str, Any]
    is_in_force: bool


@dataclass(frozen=True)
class Beginning:
    """Everything that was answered. `organisation` holds its fields, `invited` good lines without roles or teams."""

    organisation: Mapping[str, Any]
    founder: str
    programmes: Sequence[FirstProgramme] = ()
    invited: Iterable[Line] = field(default_factory=list)


class AddressTakenError(Exception):
    """Another organisation has this name in addresses."""


@transaction.atomic
def found(*, beginning: Beginning, by: User, at: datetime) -> Organisation:
    """Make an organisation with its founder in every role that it needs, its programmes, and its invitations, which are mailed.

    AddressTakenError when another organisation took its name in addresses meanwhile.
    """
    with pghistory.context(user=by.pk):
        organisation = _made(beginning.organisation)
        today = timezone.localdate(at)
        founder = people.add_member(
            organisation=organisation, user=by, name=beginning.founder, on=today, roles=_roles(beginning)
        )
        with tenant(organisation.pk):
            for one in beginning.programmes:
                if one.is_in_force:
                    services.publish(name=one.name, rules=one.rules, effective_on=today, at=at, by=founder)
                else:
                    services.start_draft(name=one.name, document=one.rules, by=founder, at=at)
            # In memory only, of drafts too: the invitations say what it is that they invite to.
            organisation.runs = sorted(_kinds(beginning))
            joining.invite_many(organisation=organisation, lines=beginning.invited, by=founder, at=at)
    return organisation


def _roles(beginning: Beginning) -> list[Role]:
    """Every role; but nobody recruits in a network."""
    kinds = _kinds(beginning)
    recruits = not kinds or bool(kinds & RECRUITING)
    return [role for role in Role if recruits or role != Role.RECRUITER]


def _kinds(beginning: Beginning) -> set[str]:
    """The kinds of cases of its programmes."""
    return {one.rules["case"] for one in beginning.programmes}


def _made(fields: Mapping[str, Any]) -> Organisation:
    """Make the organisation; of two that want one name at once, the database takes one."""
    try:
        with transaction.atomic():
            return organisations.create_organisation(**fields)
    except IntegrityError:
        raise AddressTakenError from None
    except ValidationError as error:
        if "slug" in error.message_dict:
            raise AddressTakenError from None
        raise
