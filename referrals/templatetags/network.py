"""The words of a network, in templates: who is available, who fits and why, where an opportunity stands."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import SPOKEN, Member, MemberProfile, Organisation
from members.selectors.directory import SOON
from programmes import wording
from referrals.fitting import Fit, Reason
from referrals.models import Case, Opportunity
from referrals.pipeline import Stage
from referrals.selectors import opportunities as selectors
from referrals.wording import OPPORTUNITY_STAGES

register = template.Library()
NAMES = dict(SPOKEN)


@register.filter
def spoken(codes: list[str]) -> str:
    """Languages by name."""
    return ", ".join(str(NAMES.get(code, code)) for code in codes)


@register.filter
def sharer(opportunity: Opportunity, organisation: Organisation) -> str:
    """By whom an opportunity is shared."""
    return selectors.sharer(opportunity, organisation)


@register.filter
def together(members: Sequence[Member]) -> str:
    """The names of members, one after another."""
    return wording.together([one.name for one in members])


@register.simple_tag
def availability(profile: MemberProfile, today: date) -> SafeString | str:
    """From when a member is available, and for how many days a week."""
    if profile.available_from is None or profile.available_from > today + SOON:
        return ""
    days = _("%(days)s days a week") % {"days": wording.days(profile.days_a_week)} if profile.days_a_week else ""
    now = profile.available_from <= today
    said = _("Available now") if now else _("Available from %(day)s") % {"day": wording.day(profile.available_from)}
    tag = '<span class="tag {}">{}</span>'
    return format_html(tag, "tag-good" if now else "tag-wait", ", ".join(filter(None, (said, days))))


@register.filter
def word(value: str) -> str:
    """Our word for a party or a level of contribution, or the organisation's own."""
    return wording.word(value).capitalize()


@register.filter
def opportunity_stage(case: Case) -> str:
    """Where an opportunity stands, in words."""
    return str(OPPORTUNITY_STAGES[Stage(case.stage)])


@register.filter
def opportunity_tone(case: Case) -> str:
    """The tone of an opportunity's stage."""
    good, wait = (Stage.WORKING, Stage.FINISHED), (Stage.PRESENTED, Stage.TALKS)
    return "tag-good" if case.stage in good else "tag-wait" if case.stage in wait else ""


@register.filter
def fit_reasons(fit: Fit) -> list[str]:
    """Why somebody fits, or may not, in words."""
    return [_said(one, fit) for one in fit.reasons]


def _said(reason: Reason, fit: Fit) -> str:
    offered = fit.offered
    if reason is Reason.DISCIPLINES:
        return ", ".join(fit.shared)
    if reason is Reason.EXPERIENCE:
        years = offered.years or 0
        return ngettext("%(years)s year of experience", "%(years)s years of experience", years) % {"years": years}
    if reason in (Reason.NEAR, Reason.FAR):
        return _("%(km)s km away") % {"km": offered.distance} if offered.distance else _("in the same town")
    if reason is Reason.FEWER_DAYS:
        assert offered.days_a_week is not None
        return _("only %(days)s days a week") % {"days": wording.days(offered.days_a_week)}
    assert offered.available_from is not None
    if offered.available_from <= timezone.localdate():
        return _("available now")
    day = {"day": wording.day(offered.available_from)}
    return _("available from %(day)s") % day if reason is Reason.AVAILABLE else _("available only from %(day)s") % day
