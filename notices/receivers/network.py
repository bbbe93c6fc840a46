"""What happened in a network becomes mails."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from kernel.money import ZERO
from members.models import Member, Organisation
from members.roles import Role
from members.selectors.people import in_role
from notices import broadcasting, broadcasts, services, telling
from notices.webhooks import services as webhooks
from notices.webhooks.events import Event
from notices.writing import network as writing
from payouts.models import Entitlement, Pot, PotObjection
from payouts.selectors.parts import to_pay
from payouts.signals import (
    contribution_missing,
    months_missing,
    objection_answered,
    pot_closed,
    pot_objected,
    pot_proposed,
    remittances_released,
)
from referrals.models import Case, Fact, Interest, Note, Opportunity, Placement, Publicity
from referrals.selectors.opportunities import companions, landed_by, leader, sharer
from referrals.selectors.titles import Titles
from referrals.signals import (
    assignment_won,
    facts_recorded,
    landing_taken_back,
    member_asked,
    member_interested,
    members_introduced,
    opportunities_handed_over,
    opportunity_narrowed,
    opportunity_shared,
    opportunity_silent,
    opportunity_waits_again,
    publicity_claimed,
    talks_told,
)


@receiver(opportunity_shared)
def tell_whom_it_fits(sender: Any, opportunity: Opportunity, at: datetime, **_: Any) -> None:
    """Have those told whom an opportunity fits that the whole network may see."""
    if opportunity.visibility != Opportunity.Visibility.CHOSEN:
        organisation_id = opportunity.organisation_id
        broadcasting.note(organisation_id=organisation_id, kind=broadcasts.OPPORTUNITY, about=opportunity.pk, at=at)


@receiver(opportunity_narrowed)
def tell_nobody_any_more(sender: Any, opportunity: Opportunity, **_: Any) -> None:
    """Take back what waits to be told of an opportunity that only chosen members see from now on."""
    for begins in broadcasting.messages_of(broadcasts.OPPORTUNITY, opportunity.pk):
        services.empty_beginning(with_=begins)
    webhooks.take_back(event=Event.OPPORTUNITY_SHARED, naming=opportunity.case.reference)


@receiver(member_asked)
def ask_a_member(sender: Any, opportunity: Opportunity, member: Member, at: datetime, **_: Any) -> None:
    """Tell a member that somebody thinks of them."""
    organisation, page = _page(opportunity)
    telling.tell_member(
        organisation, member, f"asked:{opportunity.pk}:{member.pk}", partial(writing.asked, opportunity, page), at
    )


@receiver(member_interested)
def tell_who_shares_it(sender: Any, opportunity: Opportunity, interest: Interest, at: datetime, **_: Any) -> None:
    """Tell who shares an opportunity that somebody wants it."""
    organisation, page = _page(opportunity)
    letter = partial(writing.interested, interest, page)
    about = (
        f"interest:{interest.pk}:{timezone.localdate(at)}"  # who changes their mind to and fro is told of once a day
    )
    telling.tell_member(organisation, leader(opportunity), about, letter, at)


@receiver(talks_told)
def ask_whether_they_talked(
    sender: Any, opportunity: Opportunity, interest: Interest, by: Member, at: datetime, **_: Any
) -> None:
    """Ask a member whether it is so that they talked."""
    organisation, page = _page(opportunity)
    letter = partial(writing.talked, interest, by.name, page)
    telling.tell_member(organisation, interest.member, f"talked:{interest.pk}:{timezone.localdate(at)}", letter, at)


@receiver(members_introduced)
def tell_the_introduced(
    sender: Any, opportunity: Opportunity, interests: list[Interest], at: datetime, **_: Any
) -> None:
    """Tell members that they were introduced."""
    organisation, page = _page(opportunity)
    for one in interests:
        letter = partial(writing.introduced, opportunity, one.team, page)
        telling.tell_member(organisation, one.member, f"introduced:{one.pk}:{at.timestamp()}", letter, at)


@receiver(assignment_won)
def tell_who_landed_it(
    sender: Any, opportunity: Opportunity, placements: list[Placement], at: datetime, **_: Any
) -> None:
    """Congratulate those who landed it, and tell who shared it."""
    organisation, _opportunity = _page(opportunity)
    page = reverse("assignment_detail", args=[organisation.slug, opportunity.case.reference])
    titles = {one.performer_id: one.title for one in placements if one.performer_id}
    performers = list(Member.objects.filter(pk__in=titles).select_related("user").order_by("pk"))
    who = sharer(opportunity, organisation)
    for one in performers:
        about = f"landed:{opportunity.pk}:{one.pk}"
        telling.tell_member(
            organisation, one, about, partial(writing.congratulated, opportunity, titles[one.pk], who, page), at
        )
    others = Interest.objects.filter(opportunity=opportunity).exclude(state=Interest.State.WITHDRAWN)
    beside = companions(opportunity, titles)  # of the same team: it was not landed by another
    for interest in others.exclude(member__in=landed_by(opportunity) | beside).select_related("member__user"):
        page_of_others = reverse("opportunity_list", args=[organisation.slug])
        was_interested = interest.state != Interest.State.ASKED
        letter = partial(writing.gone, opportunity, page_of_others, was_interested=was_interested)
        telling.tell_member(organisation, interest.member, f"gone:{opportunity.pk}:{interest.member_id}", letter, at)
    if not opportunity.case.for_organisation:
        names = [one.name for one in performers]
        letter = partial(writing.landed, opportunity, placements[0].title, names, page)
        telling.tell_member(
            organisation, opportunity.case.introducer, f"landed:{opportunity.pk}:{at.timestamp()}", letter, at
        )


@receiver(landing_taken_back)
def tell_that_nobody_landed_it(
    sender: Any, opportunity: Opportunity, placement: Placement, by: Member, at: datetime, **_: Any
) -> None:
    """Tell who leads an opportunity, and of whom it was said, that it was not landed after all; not who says so."""
    organisation, page = _page(opportunity)
    performer = Member.objects.select_related("user").get(pk=placement.performer_id or 0)
    letter = partial(writing.not_landed, opportunity, performer, page)
    for one in {leader(opportunity), performer} - {by}:
        telling.tell_member(organisation, one, f"not_landed:{placement.pk}:{one.pk}:{at.timestamp()}", letter, at)


@receiver(opportunity_waits_again)
def tell_that_it_waits_again(
    sender: Any, opportunity: Opportunity, interests: list[Interest], at: datetime, **_: Any
) -> None:
    """Tell those who were turned away that an opportunity is open again, and they are among the interested."""
    organisation, page = _page(opportunity)
    for one in interests:
        about = f"again:{one.pk}:{at.timestamp()}"
        telling.tell_member(organisation, one.member, about, partial(writing.open_again, opportunity, page), at)


@receiver(facts_recorded)
def tell_that_it_closed(sender: Any, cases: list[Case], facts: list[Fact], **_: Any) -> None:
    """Tell those who were interested that an opportunity was closed, and why."""
    for fact in facts:
        if fact.kind != "closed" or fact.case.kind != "opportunity":
            continue
        opportunity = Opportunity.objects.select_related("case__introducer__user").get(case=fact.case_id)
        organisation = fact.organisation
        page = reverse("opportunity_list", args=[organisation.slug])
        reason = Note.objects.filter(fact=fact).values_list("text", flat=True).first() or ""
        wanting = Interest.objects.filter(opportunity=opportunity).exclude(state=Interest.State.WITHDRAWN)
        for one in wanting.select_related("member__user"):
            letter = partial(writing.closed, opportunity, reason, page)
            telling.tell_member(organisation, one.member, f"closed:{fact.pk}:{one.member_id}", letter, fact.recorded_at)


@receiver(facts_recorded)
def tell_that_it_was_refused(sender: Any, cases: list[Case], facts: list[Fact], **_: Any) -> None:
    """Tell a member why their publicity brings no coins."""
    for fact in facts:
        if fact.kind != "rejected" or fact.case.kind != "activity":
            continue
        publicity = Publicity.objects.select_related("case__introducer__user").filter(case=fact.case_id).first()
        if publicity:
            organisation = fact.organisation
            page = reverse("pot_now", args=[organisation.slug])
            reason = Note.objects.filter(fact=fact).values_list("text", flat=True).first() or ""
            letter = partial(writing.refused, publicity, reason, page)
            telling.tell_member(organisation, publicity.case.introducer, f"refused:{fact.pk}", letter, fact.recorded_at)


@receiver(opportunity_silent)
def ask_how_it_stands(sender: Any, opportunity: Opportunity, days: int, at: datetime, **_: Any) -> None:
    """Ask who shares an opportunity how it stands, before it is closed by itself."""
    organisation, page = _page(opportunity)
    about = f"silent:{opportunity.pk}:{opportunity.moved_at.timestamp()}"
    telling.tell_member(organisation, leader(opportunity), about, partial(writing.silent, opportunity, days, page), at)


@receiver(opportunities_handed_over)
def tell_who_leads_now(
    sender: Any, opportunities: list[Opportunity], leaver: Member, heir: Member, at: datetime, **_: Any
) -> None:
    """Tell an administrator of the opportunities that wait for them, now that who shared them left."""
    organisation = heir.organisation
    page = reverse("opportunity_list", args=[organisation.slug]) + "?list=mine"
    letter = partial(writing.handed_over, leaver.name, [one.title for one in opportunities], page)
    telling.tell_member(organisation, heir, f"handed-over:{leaver.pk}:{at.timestamp()}", letter, at)


@receiver(remittances_released)
def tell_what_is_paid_on(sender: Any, gained: Mapping[int, Decimal], at: datetime, **_: Any) -> None:
    """Tell introducers that a performer paid, and what of it comes to them: what is new, of the whole."""
    related = Entitlement.objects.select_related("case__introducer__user", "case__candidate", "revenue")
    found = list(related.filter(pk__in=gained, released__gt=0, case__for_organisation=False))
    left, titles = to_pay(found), Titles({one.case_id for one in found})
    organisation = found[0].organisation if found else None
    for one in found:
        assert organisation is not None
        member = one.case.introducer
        amount = min(gained[one.pk], left.get((one.pk, member.pk), ZERO))
        if amount > 0:
            page = telling.page_of(one.case, organisation, by_turnover=True)
            about = f"released:{one.pk}:{one.released}"
            letter = partial(writing.released, one, titles.of(one.case, one.placement), amount, page)
            telling.tell_member(organisation, member, about, letter, at)


@receiver(months_missing)
def remind_a_performer(sender: Any, member: Member, titles: list[str], month: date, at: datetime, **_: Any) -> None:
    """Remind a performer, gently and once, of a month of which the turnover is missing."""
    organisation = member.organisation
    page = reverse("assignment_list", args=[organisation.slug])
    letter = partial(writing.month_missing, titles, page)
    telling.tell_member(organisation, member, f"month:{month}:{member.pk}", letter, at)


@receiver(contribution_missing)
def ask_for_the_contribution(
    sender: Any, member: Member, titles: list[str], month: date, at: datetime, **_: Any
) -> None:
    """Ask a performer, once a month, to declare a contribution: nothing is remitted before."""
    organisation = member.organisation
    page = reverse("assignment_list", args=[organisation.slug])
    letter = partial(writing.contribution_missing, titles, page)
    telling.tell_member(organisation, member, f"declare:{month}:{member.pk}", letter, at)


@receiver([pot_proposed, pot_closed])
def note_a_pot(sender: Any, pot: Pot, at: datetime, **_: Any) -> None:
    """Note that every member is to be told of a pot: the worker writes to them."""
    kind = broadcasts.POT_CLOSED if pot.state == Pot.State.CLOSED else broadcasts.POT_PROPOSED
    broadcasting.note(organisation_id=pot.organisation_id, kind=kind, about=pot.pk, at=at)


@receiver(pot_objected)
def tell_finance_of_an_objection(sender: Any, objection: PotObjection, at: datetime, **_: Any) -> None:
    """Tell finance that a member objects."""
    organisation = objection.organisation
    page = reverse("pot_detail", args=[organisation.slug, objection.pot.year])
    for member in in_role(Role.FINANCE):
        about = f"objection:{objection.pk}:{member.pk}"
        telling.tell_member(organisation, member, about, partial(writing.objected, objection, page), at)


@receiver(objection_answered)
def tell_who_objected(sender: Any, objection: PotObjection, at: datetime, **_: Any) -> None:
    """Tell a member what finance answered to their objection."""
    organisation = objection.organisation
    page = reverse("pot_detail", args=[organisation.slug, objection.pot.year])
    telling.tell_member(
        organisation, objection.member, f"answered:{objection.pk}", partial(writing.answered, objection, page), at
    )


@receiver(publicity_claimed)
def tell_administrators(sender: Any, publicity: Publicity, at: datetime, **_: Any) -> None:
    """Tell administrators that publicity waits for them."""
    organisation = publicity.organisation
    page = reverse("pot_now", args=[organisation.slug])
    for member in in_role(Role.ADMINISTRATOR):
        about = f"publicity:{publicity.pk}:{member.pk}"
        telling.tell_member(organisation, member, about, partial(writing.claimed, publicity, page), at)


def _page(opportunity: Opportunity) -> tuple[Organisation, str]:
    organisation = opportunity.organisation
    return organisation, reverse("opportunity_detail", args=[organisation.slug, opportunity.case.reference])
