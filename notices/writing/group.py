"""What mails say about the group. In the language in force, which is the reader's."""

from collections.abc import Collection
from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Meeting, Member, Thanks
from notices.kinds import Kind
from notices.writing.letter import Letter
from programmes import wording
from referrals.models import Opportunity

MOST = 12
"""How many of each sort stand in a mail."""


def fitting(opportunity: Opportunity, who: str, shared: Collection[str], path: str) -> Letter:
    """To a member: something that fits them was shared."""
    params = {"title": opportunity.title, "who": who, "what": ", ".join(shared)}
    lines = [
        _("%(who)s shares: %(title)s.") % params,
        in_short(opportunity),
        _("It asks for what you do: %(what)s. Interested? Say so in a line.") % params,
    ]
    return Letter(Kind.FITTING, _("Something for you: %(title)s") % params, lines, _("Look at it"), path)


def thanked(thanks: Thanks, path: str) -> Letter:
    """To a member: another one thanks them."""
    params = {"who": thanks.by.name}
    lines = [f"“{thanks.text}”", _("Everybody in the network can read it.")]
    return Letter(Kind.THANKED, _("%(who)s thanks you") % params, lines, _("See it"), path)


def digest(
    opportunities: list[Opportunity],
    fits: Collection[int],
    joined: list[Member],
    meetings: list[Meeting],
    thanks: list[Thanks],
    organisation: str,
    path: str,
) -> Letter:
    """To a member: what happened in the group; `fits` are the ids of the opportunities that fit them."""
    lines = [
        *_listed(_("New opportunities:"), [_line_of(one, one.pk in fits) for one in opportunities]),
        *_listed(_("Meetings to which you did not answer yet:"), [_meeting(one) for one in meetings]),
        *_listed(_("New here:"), [one.name for one in joined]),
        *_listed(
            _("Thanks:"),
            [
                _("%(who)s to %(whom)s: “%(text)s”") % {"who": one.by.name, "whom": one.to.name, "text": one.text}
                for one in thanks
            ],
        ),
    ]
    return Letter(Kind.DIGEST, _("News of %(where)s") % {"where": organisation}, lines, _("See it all"), path)


def _listed(heading: str, lines: list[str]) -> list[str]:
    """Return a heading with its lines, the first of them; the rest is on the page."""
    if not lines:
        return []
    shown = [f"• {line}" for line in lines[:MOST]]
    more = len(lines) - len(shown)
    rest = [ngettext("… and %(count)d more", "… and %(count)d more", more) % {"count": more}] if more else []
    return ["\n".join((heading, *shown, *rest))]


def _line_of(opportunity: Opportunity, fits: bool) -> str:
    said = f"{opportunity.title} ({in_short(opportunity)})"
    return _("%(line)s: fits what you do") % {"line": said} if fits else said


def in_short(opportunity: Opportunity) -> str:
    """Return where an opportunity is, and from when."""
    parts = [opportunity.get_presence_display(), opportunity.town]
    if opportunity.starts_on:
        parts.append(_("from %(day)s") % {"day": formats.date_format(opportunity.starts_on, "SHORT_DATE_FORMAT")})
    return ", ".join(filter(None, parts))


def cancelled(organisation: str, last_day: date, path: str) -> Letter:
    """To a member who cancelled: the last day, and what stays."""
    params = {"where": organisation, "day": wording.day(last_day)}
    lines = [
        _("You cancelled your membership of %(where)s: your last day is %(day)s.") % params,
        _("What you earned stays yours and is paid as usual; what you owe stays owed. Until then you can still stay."),
    ]
    return Letter(Kind.LEFT, _("Your membership of %(where)s ends") % params, lines, _("My membership"), path)


def left(organisation: str, on: date, path: str) -> Letter:
    """To who left: what stays theirs, and where."""
    params = {"where": organisation, "day": wording.day(on)}
    lines = [
        _("Your membership of %(where)s ended on %(day)s. Thank you for what you brought.") % params,
        _("What you earned is paid as usual; what you owe stays owed. You still sign in to your own money."),
    ]
    return Letter(Kind.LEFT, _("You left %(where)s") % params, lines, _("My membership"), path)


def leaves(member: Member, last_day: date, path: str) -> Letter:
    """To administrators: a member cancelled."""
    params = {"who": member.name, "day": wording.day(last_day)}
    lines = [_("%(who)s cancelled their membership: their last day is %(day)s.") % params]
    return Letter(Kind.LEFT, _("%(who)s leaves") % params, lines, _("Members"), path)


def _meeting(meeting: Meeting) -> str:
    begins = timezone.localtime(meeting.starts_at)
    return ", ".join(filter(None, (formats.date_format(begins, "SHORT_DATETIME_FORMAT"), meeting.title, meeting.place)))
