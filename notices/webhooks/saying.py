"""What chats are told of, in the organisation's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from members.models import Meeting, Member, Organisation
from notices.webhooks.chats import Said
from notices.writing.group import in_short
from referrals.models import Opportunity
from referrals.selectors.opportunities import sharer


def of_opportunity(organisation: Organisation, opportunity: Opportunity) -> Said:
    """An opportunity was shared: never for which client, since a chat is read by whoever is in the channel."""
    case = opportunity.case
    with translation.override(organisation.language):
        who = sharer(opportunity, organisation)
        lines = (in_short(opportunity), ", ".join(opportunity.disciplines), _("Shared by %(who)s.") % {"who": who})
        page = reverse("opportunity_detail", args=[organisation.slug, case.reference])
        return _said(_("New opportunity: %(title)s") % {"title": opportunity.title}, lines, _("Look at it"), page)


def of_member(organisation: Organisation, member: Member) -> Said:
    """Somebody joined."""
    with translation.override(organisation.language):
        page = reverse("member_profile", args=[organisation.slug, member.pk])
        return _said(_("%(name)s joined") % {"name": member.name}, (), _("See their profile"), page)


def of_meeting(organisation: Organisation, meeting: Meeting) -> Said:
    """A meeting is planned."""
    with translation.override(organisation.language):
        when = formats.date_format(timezone.localtime(meeting.starts_at), "DATETIME_FORMAT")
        page = reverse("meeting_detail", args=[organisation.slug, meeting.pk])
        heading = _("A meeting is planned: %(title)s") % {"title": meeting.title}
        return _said(heading, (when, meeting.place), _("Say whether you come"), page)


def of_test(organisation: Organisation) -> Said:
    """A test."""
    with translation.override(organisation.language):
        lines = (_("From now on this channel hears of what was chosen."),)
        page = reverse("group", args=[organisation.slug])
        return _said(_("%(where)s can write here") % {"where": organisation.name}, lines, _("To the group"), page)


def _said(heading: str, lines: tuple[str, ...], button: str, page: str) -> Said:
    return Said(heading, tuple(line for line in lines if line), button, settings.SITE_URL + page)
