"""What many members are told at once, and who of them is told what."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial

from django.urls import reverse
from django.utils import timezone, translation

from kernel.money import ZERO
from members.models import Attendance, Meeting, Member, Organisation
from notices.broadcasting import Written, writes
from notices.group import digests
from notices.models import Broadcast
from notices.writing import group, meetings, network, programmes
from notices.writing.letter import Letter
from payouts.models import Entitlement, Pot
from programmes import selectors
from programmes.models import Version
from referrals.models import Interest, Opportunity
from referrals.selectors.opportunities import sharer

VERSION, POT_PROPOSED, POT_CLOSED, OPPORTUNITY = "version", "pot_proposed", "pot_closed", "opportunity"
MEETING_PLANNED, MEETING_MOVED, MEETING_CANCELLED = "meeting_planned", "meeting_moved", "meeting_off"
MEETING_NUDGE, MEETING_SOON, MEETING_NOTED = "meeting_nudge", "meeting_soon", "meeting_noted"
MEETING_PLACE = "meeting_place"


@writes(VERSION)
def of_a_version(organisation: Organisation, one: Broadcast, members: list[Member]) -> Iterator[Written]:
    """What a new version changes, for everybody."""
    version = Version.objects.select_related("programme").get(pk=one.about)
    path = reverse("version_detail", args=[organisation.slug, version.programme_id, version.number])
    letter = _once_a_language(partial(programmes.terms, version, selectors.before(version), path))
    for member in members:
        yield member, letter


@writes(POT_PROPOSED)
def of_a_proposed_pot(organisation: Organisation, one: Broadcast, members: list[Member]) -> Iterator[Written]:
    """That a pot is open to objections, for everybody."""
    pot = Pot.objects.get(pk=one.about)
    for member in members:
        yield member, partial(network.pot_proposed, pot, _page_of(organisation, pot))


@writes(POT_CLOSED)
def of_a_closed_pot(organisation: Organisation, one: Broadcast, members: list[Member]) -> Iterator[Written]:
    """What a pot brings, for those with coins."""
    pot = Pot.objects.get(pk=one.about)
    shares = Entitlement.objects.filter(case=pot.case_id, member__in=members).values_list("member", "amount", "coins")
    brings = {member: (amount or ZERO, coins or 0) for member, amount, coins in shares}
    for member in members:
        if member.pk in brings:
            yield member, partial(network.pot_closed, pot, *brings[member.pk], _page_of(organisation, pot))


@writes(OPPORTUNITY)
def of_an_opportunity(organisation: Organisation, one: Broadcast, members: list[Member]) -> Iterator[Written]:
    """That something was shared, at once to those whom it fits; not to who shares it, and who was asked already."""
    found = Opportunity.objects.select_related("case__introducer").get(pk=one.about)
    if not found.is_waiting or found.visibility == Opportunity.Visibility.CHOSEN:
        return
    known = set(Interest.objects.filter(opportunity=found, member__in=members).values_list("member", flat=True))
    does = digests.disciplines_of(members)
    path = reverse("opportunity_detail", args=[organisation.slug, found.case.reference])
    for member in digests.wanting_at_once(members):
        shared = digests.in_common(found, does.get(member.pk, frozenset()))
        is_own = member.pk == found.case.introducer_id and not found.case.for_organisation
        if shared and not is_own and member.pk not in known:
            yield member, partial(group.fitting, found, sharer(found, organisation), shared, path)


@writes(digests.WEEKLY)
@writes(digests.MONTHLY)
def of_the_news(organisation: Organisation, one: Broadcast, members: list[Member]) -> Iterator[Written]:
    """What happened in the group, for those who want to hear of it so often, and to whom something of it is new."""
    due = date.fromordinal(one.about)
    news = digests.News.between(digests.first_of(one.kind, due), due, one.noted_at)
    wanting = digests.wanting(members, digests.KINDS[one.kind])
    does, answered = digests.disciplines_of(wanting), digests.answered_by(wanting, news)
    path = reverse("group", args=[organisation.slug])
    for member in wanting:
        own = does.get(member.pk, frozenset())
        said = news.of(member, own, answered[member.pk])
        if said:
            fits = {found.pk for found in said.opportunities if digests.in_common(found, own)}
            yield (
                member,
                partial(
                    group.digest,
                    said.opportunities,
                    fits,
                    said.joined,
                    said.meetings,
                    said.thanks,
                    organisation.name,
                    path,
                ),
            )


def page_of_meeting(organisation: Organisation, meeting: Meeting) -> str:
    """Return the page of a meeting."""
    return reverse("meeting_detail", args=[organisation.slug, meeting.pk])


Wants = Callable[[Attendance | None], bool]
"""Whether who answered so, or did not answer, is told."""


def _of_meeting(
    organisation: Organisation,
    one: Broadcast,
    members: list[Member],
    write: Callable[[Meeting, str], Letter],
    wants: Wants,
) -> Iterator[Written]:
    """Write of a meeting to those of some members who are to be told; of what is to come, only while it is."""
    meeting = Meeting.objects.get(pk=one.about)
    is_off = meeting.state == Meeting.State.CANCELLED
    if is_off is not (one.kind == MEETING_CANCELLED) or (one.kind in TO_COME and meeting.starts_at <= timezone.now()):
        return
    own = {one.member_id: one for one in Attendance.objects.filter(meeting=meeting, member__in=members)}
    letter = _once_a_language(partial(write, meeting, page_of_meeting(organisation, meeting)))
    for member in members:
        if wants(own.get(member.pk)):
            yield member, letter


def _everybody(own: Attendance | None) -> bool:
    return True


def _who_answers_nothing(own: Attendance | None) -> bool:
    return own is None


def _who_comes(own: Attendance | None) -> bool:
    return own is not None and own.answer == Attendance.Answer.COMING


def _who_comes_or_waits(own: Attendance | None) -> bool:
    return own is not None and own.answer != Attendance.Answer.NOT_COMING


def _who_may_come(own: Attendance | None) -> bool:
    return own is None or own.answer != Attendance.Answer.NOT_COMING


def _who_was_there(own: Attendance | None) -> bool:
    return own is not None and own.came


TO_COME = (MEETING_PLANNED, MEETING_MOVED, MEETING_PLACE, MEETING_NUDGE, MEETING_SOON)
OF_MEETINGS: dict[str, tuple[Callable[[Meeting, str], Letter], Wants]] = {
    MEETING_PLANNED: (meetings.planned, _everybody),
    MEETING_MOVED: (meetings.moved, _everybody),
    MEETING_PLACE: (meetings.moved, _who_comes_or_waits),
    MEETING_CANCELLED: (meetings.cancelled, _who_may_come),
    MEETING_NUDGE: (meetings.nudged, _who_answers_nothing),
    MEETING_SOON: (meetings.reminded, _who_comes),
    MEETING_NOTED: (meetings.noted, _who_was_there),
}
"""What is said of meetings, and to whom."""
for _kind, (_write, _wants) in OF_MEETINGS.items():
    writes(_kind)(partial(_of_meeting, write=_write, wants=_wants))


def _page_of(organisation: Organisation, pot: Pot) -> str:
    return reverse("pot_detail", args=[organisation.slug, pot.year])


def _once_a_language(write: Callable[[], Letter]) -> Callable[[], Letter]:
    """Have a letter that says the same to everybody written once in each language."""
    written = cache(lambda _language: write())
    return lambda: written(translation.get_language())
