"""What mails say about meetings. In the language in force, which is the reader's."""

from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from members.models import AgendaItem, Meeting, Member
from notices.kinds import Kind
from notices.writing.letter import Letter


def planned(meeting: Meeting, path: str) -> Letter:
    """To every member: a meeting is planned."""
    lines = [_when_and_where(meeting), *([meeting.about] if meeting.about else [])]
    lines.append(_("Say whether you come; there you also find the agenda, and who is wanted to speak."))
    return Letter(Kind.MEETING, _("%(title)s, on %(day)s") % _params(meeting), lines, _("Say whether you come"), path)


def nudged(meeting: Meeting, path: str) -> Letter:
    """To who did not answer: do they come?"""
    lines = [_when_and_where(meeting), _("You did not answer yet. It helps who prepares it.")]
    return Letter(
        Kind.MEETING, _("Do you come to %(title)s?") % _params(meeting), lines, _("Say whether you come"), path
    )


def reminded(meeting: Meeting, path: str) -> Letter:
    """To who comes: it is near."""
    lines = [_when_and_where(meeting), *_link(meeting)]
    lines.append(_("Can you not come after all? Say so: somebody else may wait for your seat."))
    return Letter(Kind.MEETING, _("Soon: %(title)s, on %(day)s") % _params(meeting), lines, _("See the agenda"), path)


def moved(meeting: Meeting, path: str) -> Letter:
    """To who comes or waits, or to all: another time or place."""
    lines = [_("It has another time or place now:"), _when_and_where(meeting), *_link(meeting)]
    if meeting.was_at:
        before = formats.date_format(timezone.localtime(meeting.was_at), "SHORT_DATETIME_FORMAT")
        lines.append(_("Before, it was to begin on %(before)s.") % {"before": before})
    lines.append(_("A calendar that subscribes to the meetings moves it by itself. Can you not come any more? Say so."))
    return Letter(
        Kind.MEETING_OFF, _("Changed: %(title)s, on %(day)s") % _params(meeting), lines, _("Look at it"), path
    )


def cancelled(meeting: Meeting, path: str) -> Letter:
    """To all but those who do not come: it does not take place, and why."""
    lines = [_when_and_where(meeting), f"“{meeting.because}”"]
    return Letter(
        Kind.MEETING_OFF, _("Cancelled: %(title)s, on %(day)s") % _params(meeting), lines, _("Look at it"), path
    )


def seat(meeting: Meeting, path: str) -> Letter:
    """To who waited: there is a seat for them."""
    lines = [_("A seat is free, and it is yours."), _when_and_where(meeting)]
    return Letter(
        Kind.MEETING_OFF, _("You have a seat: %(title)s") % _params(meeting), lines, _("See the agenda"), path
    )


def noted(meeting: Meeting, path: str) -> Letter:
    """To who came: what was said can be read."""
    lines = [_("What was said can be read behind the button.")]
    return Letter(Kind.MEETING, _("Notes of %(title)s") % _params(meeting), lines, _("Read them"), path)


def speaks(item: AgendaItem, path: str) -> Letter:
    """To a member whom another put on the agenda."""
    params = {"what": str(item), "title": item.meeting.title}
    lines = [_("You stand on the agenda: %(what)s.") % params, _when_and_where(item.meeting)]
    lines.append(_("Does it not suit you? Say so on the page, and somebody else can take it."))
    return Letter(Kind.MEETING_OFF, _("You are asked to speak: %(title)s") % params, lines, _("See the agenda"), path)


def speaks_no_more(item: AgendaItem, path: str) -> Letter:
    """To a member whom another took off the agenda."""
    params = {"what": str(item), "title": item.meeting.title}
    lines = [_("You do not stand on the agenda any more: %(what)s.") % params, _when_and_where(item.meeting)]
    return Letter(Kind.MEETING_OFF, _("The agenda changed: %(title)s") % params, lines, _("See the agenda"), path)


def given_up(item: AgendaItem, member: Member, path: str) -> Letter:
    """To administrators: somebody who was to speak does not come."""
    params = {"who": member.name, "what": str(item), "title": item.meeting.title}
    lines = [_("%(who)s cannot come, and gives up: %(what)s.") % params, _when_and_where(item.meeting)]
    return Letter(Kind.MEETING_OFF, _("%(who)s does not speak: %(title)s") % params, lines, _("See the agenda"), path)


def missing(until: date, path: str) -> Letter:
    """To administrators: no meeting is planned in this quarter."""
    lines = [
        _("No meeting is planned in this quarter, which ends on %(day)s.") % {"day": formats.date_format(until)},
        _("Members who see each other share more. Once a quarter is the least."),
    ]
    return Letter(Kind.MEETING, _("No meeting is planned in this quarter"), lines, _("Plan a meeting"), path)


def _link(meeting: Meeting) -> list[str]:
    return [meeting.link] if meeting.link else []


def _params(meeting: Meeting) -> dict[str, str]:
    begins = timezone.localtime(meeting.starts_at)
    return {"title": meeting.title, "day": formats.date_format(begins.date())}


def _when_and_where(meeting: Meeting) -> str:
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    said = _("%(day)s, %(begins)s to %(ends)s") % {
        "day": formats.date_format(begins, "l j F Y"),
        "begins": formats.time_format(begins.time()),
        "ends": formats.time_format(ends.time()),
    }
    return ", ".join(filter(None, (said, meeting.place, _("by a call") if meeting.link else "")))
