"""Opportunities as members see them: who may see which, who is interested, and who fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from members import places
from members.models import Member, MemberProfile, Organisation
from members.places import Town
from members.roles import Role
from members.selectors.people import in_role
from referrals import fitting
from referrals.fitting import Fit
from referrals.models import Interest, Note, Opportunity, Placement
from referrals.pipeline import LANDED_OR_OVER
from referrals.selectors.timelines import live_facts

State = Interest.State
MOST_FITS = 12


SEEN_FROM = Coalesce("widened_at", "case__submitted_at")
"""Since when those who may see an opportunity do."""


def visible_to(member: Member) -> QuerySet[Opportunity]:
    """Opportunities that a member may see, the newest first: shared with all, by themselves, or with them."""
    found = Opportunity.objects.select_related("case__introducer", "case__recruiter", "case__client").order_by(
        "-case__submitted_at", "-pk"
    )
    if member.is_administrator:
        return found
    asked = Interest.objects.filter(opportunity=OuterRef("pk"), member=member)
    working = Placement.objects.filter(case=OuterRef("case"), performer=member)
    wide = ~Q(visibility=Opportunity.Visibility.CHOSEN)
    own = Q(case__introducer=member, case__for_organisation=False)
    return found.filter(wide | own | Q(Exists(asked)) | Q(Exists(working)))


def open_to(member: Member) -> QuerySet[Opportunity]:
    """Opportunities that wait for somebody, with how many are interested."""
    return _counted(visible_to(member).exclude(case__stage__in=LANDED_OR_OVER))


def shared_by(member: Member) -> QuerySet[Opportunity]:
    """What a member shared, or leads since who shared it left, open or not."""
    handed_over = Q(case__recruiter=member, case__introducer__left_on__isnull=False)
    return _counted(visible_to(member).filter(Q(case__introducer=member) | handed_over))


def led_by(member: Member) -> QuerySet[Opportunity]:
    """Open opportunities that a member shared, or leads since who shared it left: what passes on when they leave."""
    led = Q(case__introducer=member) | Q(case__introducer__left_on__isnull=False, case__recruiter=member)
    found = Opportunity.objects.filter(led).exclude(case__stage__in=LANDED_OR_OVER)
    return found.select_related("case").order_by("pk")


def concerning(member: Member) -> QuerySet[Opportunity]:
    """Opportunities that a member was asked about, is interested in, was introduced to, or landed."""
    own = Q(interests__member=member) | Q(case__placements__performer=member)
    return _counted(visible_to(member).filter(pk__in=Opportunity.objects.filter(own).values("pk")))


def past(member: Member) -> QuerySet[Opportunity]:
    """Opportunities that somebody landed, or that were closed."""
    return _counted(visible_to(member).filter(case__stage__in=LANDED_OR_OVER))


def with_words(found: QuerySet[Opportunity], words: str) -> QuerySet[Opportunity]:
    """Return those of some opportunities in whose line, disciplines, town or text each word is; never by their client."""
    text = Func(F("disciplines"), Value(", "), function="array_to_string", output_field=CharField())
    for word in words.split():
        said = Q(title__icontains=word) | Q(town__icontains=word) | Q(about__icontains=word) | Q(text__icontains=word)
        found = found.alias(text=text).filter(said)
    return found


def _counted(found: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    wanting = Q(interests__state__in=(State.INTERESTED, State.INTRODUCED))
    return found.annotate(wanting=Count("interests", filter=wanting))


def opportunity_for(member: Member, reference: str) -> Opportunity | None:
    """Return an opportunity that a member may see, by its case's reference."""
    return visible_to(member).filter(case__reference=reference).first()


def leader(opportunity: Opportunity) -> Member:
    """Return who leads an opportunity: who shared it, for the organisation as long as they are an administrator; once they left,
    the administrator to whom it went, or the first.
    """
    case = opportunity.case
    if not case.introducer.left_on and (not case.for_organisation or case.introducer.is_administrator):
        return case.introducer
    if case.recruiter and case.recruiter.is_administrator and not case.recruiter.left_on:
        return case.recruiter
    return in_role(Role.ADMINISTRATOR).order_by("joined_on", "pk").first() or case.introducer


def sharer(opportunity: Opportunity, organisation: Organisation) -> str:
    """Return by whom an opportunity is shared: a member, or the organisation itself."""
    return organisation.name if opportunity.case.for_organisation else opportunity.case.introducer.name


def shares(member: Member, opportunity: Opportunity) -> bool:
    """Whether a member shares an opportunity, and earns by it: who did so for the organisation does not."""
    return opportunity.case.introducer_id == member.pk and not opportunity.case.for_organisation


def leads(member: Member, opportunity: Opportunity) -> bool:
    """Whether a member decides on an opportunity: who shares it, or an administrator."""
    return shares(member, opportunity) or member.is_administrator


def sayable(opportunity: Opportunity, by: Member) -> QuerySet[Interest]:
    """Return of whom it can be said that they talked, or landed it: of those who said that they want it, chosen or not.

    Where the client is kept from them until they are introduced, others than who leads it say so of the introduced alone.
    """
    wanting = Interest.objects.filter(opportunity=opportunity).exclude(state__in=(State.ASKED, State.WITHDRAWN))
    if opportunity.visibility == Opportunity.Visibility.ANONYMISED and not leads(by, opportunity):
        return wanting.filter(state=State.INTRODUCED)
    return wanting


def landed_by(opportunity: Opportunity) -> set[int]:
    """Return who landed it, by their ids."""
    keys = live_facts([opportunity.case_id]).filter(kind="won").values("placement")
    found = Placement.objects.filter(case=opportunity.case_id, key__in=keys).values_list("performer", flat=True)
    return {pk for pk in found if pk}


def companions(opportunity: Opportunity, members: Iterable[int]) -> set[int]:
    """Return who was introduced in a team with any of some members, by their ids; they themselves are among them."""
    introduced = Interest.objects.filter(opportunity=opportunity, state=State.INTRODUCED).exclude(team="")
    teams = introduced.filter(member__in=list(members)).values("team")
    return set(introduced.filter(team__in=teams).values_list("member", flat=True))


@dataclass(frozen=True)
class Seen:
    """What a member may see of an opportunity, and their own part in it."""

    opportunity: Opportunity
    shares: bool
    leads: bool
    interest: Interest | None

    @property
    def is_hidden(self) -> bool:
        """Whether the client, and how it is known, is kept from this member until they are introduced."""
        anonymised = self.opportunity.visibility == Opportunity.Visibility.ANONYMISED
        introduced = self.interest is not None and self.interest.state == State.INTRODUCED
        return anonymised and not self.leads and not introduced


def seen(member: Member, opportunities: Iterable[Opportunity]) -> list[Seen]:
    """Return opportunities with a member's own part in them: one query."""
    found = list(opportunities)
    own = {one.opportunity_id: one for one in Interest.objects.filter(opportunity__in=found, member=member)}
    return [Seen(one, shares(member, one), leads(member, one), own.get(one.pk)) for one in found]


def interests(opportunity: Opportunity) -> QuerySet[Interest]:
    """Everyone who was asked or is interested, those who were introduced first."""
    found = Interest.objects.filter(opportunity=opportunity).select_related("member__user")
    return found.prefetch_related("member__profiles").order_by("team", "since", "pk")


@dataclass(frozen=True)
class Fitting:
    """A member with how well they fit."""

    member: Member
    profile: MemberProfile
    fit: Fit


def fits(opportunity: Opportunity, members: Iterable[Member], organisation: Organisation, today: date) -> list[Fitting]:
    """Return those of some members who say what they do, the best fit first, each with the reasons."""
    wanted = fitting.Wanted(
        opportunity.disciplines,
        opportunity.starts_on,
        opportunity.days_a_week,
        opportunity.presence == Opportunity.Presence.REMOTE,
    )
    there = places.find(opportunity.town, organisation.country) if opportunity.town else None
    found = []
    for profile in MemberProfile.objects.filter(member__in=list(members)).select_related("member__user"):
        offered = fitting.Offered(
            profile.disciplines,
            profile.years,
            profile.available_from,
            profile.days_a_week,
            _distance(there, profile.town, organisation.country),
        )
        found.append(Fitting(profile.member, profile, fitting.fit(wanted, offered, today)))
    return sorted(found, key=lambda one: (-one.fit.score, one.member.name))


def present_beside(opportunity: Opportunity) -> QuerySet[Member]:
    """Members who can want an opportunity: all who are there, but who shares it."""
    present = Member.objects.filter(left_on=None).order_by("name", "pk")
    case = opportunity.case
    return present if case.for_organisation else present.exclude(pk=case.introducer_id)


def to_ask(opportunity: Opportunity, organisation: Organisation, today: date) -> list[Fitting]:
    """Return members who fit and have not been asked, and did not say that they are interested."""
    known = Interest.objects.filter(opportunity=opportunity).values("member")
    others = present_beside(opportunity).exclude(pk__in=known)
    found = fits(opportunity, others, organisation, today)
    return [one for one in found if one.fit.shared or (one.fit.reasons and not opportunity.disciplines)][:MOST_FITS]


def why_it_ended(opportunity: Opportunity) -> Note | None:
    """Return what was said when it was closed."""
    return (
        Note.objects.filter(case=opportunity.case_id, kind=Note.Kind.REASON, fact__retractions=None)
        .order_by("-pk")
        .first()
    )


def talked(opportunity: Opportunity) -> list[tuple[date, int]]:
    """Return when talks were held, and with which member, by their id."""
    found = live_facts([opportunity.case_id]).filter(kind="talks_held")
    return [(fact.on, int(fact.values.get("performer", 0))) for fact in found]


def _distance(there: Town | None, town: str, country: str) -> int | None:
    here = places.find(town, country) if there and town else None
    return places.distance(there, here) if there and here else None
