"""What mails say about programmes, and to who is invited to them. In the language in force."""

from django.utils.translation import gettext as _

from members.models import Invitation, Member
from members.roles import ROLE_NAMES, Role
from notices.kinds import Kind
from notices.writing.letter import Letter
from programmes import wording
from programmes.differences import differences, sentences
from programmes.models import Version


def terms(version: Version, earlier: Version | None, path: str) -> Letter:
    """To every member: what a new version changes, and from when."""
    params = {"name": version.programme.name, "day": wording.day(version.effective_on)}
    lines = [version.note] if version.note else []
    if earlier is None:
        subject = _("New: %(name)s") % params
        lines += [_("It begins on %(day)s.") % params, *sentences(version.rule_set)]
    else:
        subject = _("New terms from %(day)s: %(name)s") % params
        lines.append(
            _("What you brought in before keeps the version under which you did. For what comes later, this changes:")
        )
        for change in differences(earlier.rule_set, version.rule_set):
            lines += [_("No more: %(line)s") % {"line": line} for line in change.before]
            lines += [_("New: %(line)s") % {"line": line} for line in change.after]
    return Letter(Kind.TERMS, subject, lines, _("Read the terms"), path)


def role_granted(member: Member, roles: list[str], path: str, *, sees_roles: bool) -> Letter:
    """To who handles money or rules: somebody new does."""
    params = {"name": member.name, "roles": ", ".join(str(ROLE_NAMES[Role(role)]) for role in roles)}
    lines = [_("New for %(name)s: %(roles)s.") % params, _("Is this not as it should be? Speak with an administrator.")]
    return Letter(
        Kind.ROLES,
        _("%(name)s has a new role") % params,
        lines,
        _("See who may do what") if sees_roles else _("Go there"),
        path,
    )


def webhooks_go_on(member: Member, addresses: list[str], path: str) -> Letter:
    """To administrators: what somebody who is none of them any more had other systems told of goes on."""
    params = {"name": member.name}
    lines = [
        _("%(name)s is no administrator any more, and had added addresses that are told what happens here:") % params,
        *addresses,
        _("They go on being told. Remove those that are not yours to use any more."),
    ]
    return Letter(Kind.ROLES, _("Webhooks that %(name)s added go on") % params, lines, _("Look at them"), path)


def invited_to_network(invitation: Invitation, organisation: str, path: str) -> Letter:
    """To somebody who is invited into a network."""
    params = {"name": invitation.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _(
            "%(where)s would like you as a member. Its members bring each other work before it is public, and share "
            "what it earns. Behind this button you read what that means, and join."
        )
        % params,
    ]
    return Letter(Kind.INVITED, _("Come and join %(where)s") % params, lines, _("Join"), path)


def invited(invitation: Invitation, organisation: str, path: str) -> Letter:
    """To somebody who is invited to join."""
    params = {"name": invitation.name, "where": organisation}
    lines = [
        _("Hello %(name)s,") % params,
        _("%(where)s would like you to recommend people, and pays for it. Join behind this button; it takes a minute.")
        % params,
    ]
    return Letter(Kind.INVITED, _("Come and recommend people to %(where)s") % params, lines, _("Join"), path)
